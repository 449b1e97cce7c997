package app.headlight.web.explore;

import app.headlight.web.explore.bar.SentenceBar;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.page.MissingModel;
import app.headlight.web.page.ModelWarnings;
import app.headlight.web.panels.Panel;
import app.headlight.web.view.Address;
import app.headlight.web.view.AddressBar;
import app.headlight.web.view.Decoded;
import app.headlight.web.view.ExploreAddress;
import app.headlight.web.view.LongAddresses;
import app.headlight.web.view.ViewState;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A page about one model on one sentence. The address bar is its state. */
abstract class ExplorationPage extends Main implements BeforeEnterObserver {

    private final String path;
    private final transient Explorer explorer;
    private final ModelWarnings warnings = new ModelWarnings();
    private final transient LongAddresses addresses;
    private final transient AddressBar bar = new AddressBar();
    private final Div notices = new Div();
    private final MissingModel missing = new MissingModel();
    private transient List<Panel<Exploration>> panels = List.of();
    private ViewState state = ViewState.FIRST;

    ExplorationPage(String path, Explorer explorer, LongAddresses addresses) {
        this.path = path;
        this.explorer = explorer;
        this.addresses = addresses;
        notices.addClassName("hl-notices");
        notices.getElement().setAttribute("role", "status");
    }

    /**
     * Places what the page is made of.
     *
     * @param first the bar of the sentence
     * @param panels the others that draw what is computed
     * @param below what stands under the bar and what is to be said, in order
     */
    final void place(SentenceBar first, List<Panel<Exploration>> panels, Component... below) {
        this.panels = Stream.concat(Stream.<Panel<Exploration>>of(first), panels.stream())
                .toList();
        add(missing, first, warnings, notices);
        add(below);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        bar.entered(event.getLocation());
        List<String> gone = new ArrayList<>();
        Map<String, String> given =
                addresses.spelledOut(Address.of(event.getLocation()).parameters(), gone::add);
        Decoded asked = ExploreAddress.read(given);
        boolean shown = show(new Decoded(
                asked.state(),
                Stream.concat(gone.stream(), asked.notices().stream()).toList()));
        if (!shown || !gone.isEmpty()) {
            return;
        }
        String asIs = event.getLocation().getPathWithQueryParameters();
        String address = addresses.shortened(address(), this::notice);
        if (!event.getLocation().getPath().equals(path)
                || !given.equals(ExploreAddress.query(state).written())
                || address.length() < asIs.length() / 2) {
            bar.replace(address);
        }
    }

    /** Of what is shown. */
    private String address() {
        return ExploreAddress.query(state).at(path);
    }

    /** Shows another state, and puts it into the address. */
    final void change(UnaryOperator<ViewState> edit, List<String> said) {
        ViewState before = state;
        show(new Decoded(edit.apply(state).withPresentWeights(), said));
        if (!state.equals(before)) {
            bar.push(addresses.shortened(address(), this::notice));
        }
    }

    /** @return whether the model that is asked for is stored */
    private boolean show(Decoded asked) {
        Optional<Exploration> exploration = explorer.open(asked);
        notices.removeAll();
        missing.setVisible(false);
        setClassName("hl-missing", exploration.isEmpty());
        if (exploration.isEmpty()) {
            missing.show(asked.state().model(), explorer.models(), model -> ExploreAddress.at(path, model));
            return false;
        }
        state = exploration.get().state();
        warnings.show(exploration.get().model().stored());
        exploration.get().notices().forEach(this::notice);
        panels.forEach(panel -> panel.show(exploration.get()));
        shown(exploration.get());
        return true;
    }

    /** Told what is shown. */
    void shown(Exploration exploration) {}

    private void notice(String text) {
        NativeButton dismiss = new NativeButton("✕");
        dismiss.setAriaLabel("Dismiss");
        Div notice = new Div(new Span(text), dismiss);
        notice.addClassName("hl-notice");
        dismiss.addClickListener(event -> notices.remove(notice));
        notices.add(notice);
    }
}
