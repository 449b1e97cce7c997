package app.headlight.web.circuits;

import app.headlight.library.StoredModel;
import app.headlight.web.Histories;
import app.headlight.web.MainLayout;
import app.headlight.web.component.TrainingSlider;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A model without a sentence. The address bar is the page's state. */
@Route(value = "circuits", layout = MainLayout.class)
@PageTitle("Headlight · Circuits")
public class CircuitsView extends Main implements BeforeEnterObserver {

    private final transient Inspector inspector;
    private final Select<StoredModel> picker = new Select<>();
    private final TrainingSlider slider = new TrainingSlider();
    private final Div notices = new Div();
    private final HeadsPanel heads = new HeadsPanel(head -> change(state -> state.withHead(head)));
    private final CompositionPanel composition = new CompositionPanel(edge -> change(state -> state.withEdge(edge)));
    private final TokensPanel tokens = new TokensPanel(this::change);
    private transient CircuitsState state = CircuitsState.of(Map.of());

    CircuitsView(Inspector inspector) {
        this.inspector = inspector;
        addClassName("hl-circuits-page");
        notices.addClassName("hl-notices");
        notices.getElement().setAttribute("role", "status");
        picker.setId("model-picker");
        picker.setAriaLabel("Model");
        picker.setItems(inspector.models());
        picker.setItemLabelGenerator(StoredModel::name);
        picker.addValueChangeListener(event -> {
            if (event.isFromClient() && event.getValue() != null) {
                change(now -> now.withModel(event.getValue().name()));
            }
        });
        slider.setId("training");
        slider.addStepSelectListener(event -> change(now -> now.withStep(event.step())));
        Div bar = new Div(picker, slider);
        bar.addClassName("hl-circuits-bar");
        add(bar, notices, heads, composition, tokens);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        CircuitsState asked =
                CircuitsState.of(event.getLocation().getQueryParameters().getParameters());
        show(asked);
        if (!state.equals(asked)) {
            event.getUI().getPage().getHistory().replaceState(null, state.address());
        }
    }

    private void change(UnaryOperator<CircuitsState> edit) {
        CircuitsState before = state;
        show(edit.apply(state));
        if (!state.equals(before)) {
            UI.getCurrent().getPage().getHistory().pushState(null, state.address());
        }
    }

    private void show(CircuitsState asked) {
        notices.removeAll();
        Optional<Inspection> found = inspector.open(asked);
        if (found.isEmpty()) {
            notice("No model is stored yet. Put one in a folder and name that folder in HEADLIGHT_MODELS.");
            return;
        }
        Inspection inspection = found.get();
        state = inspection.state();
        inspection.notices().forEach(this::notice);
        picker.setValue(inspection.model().stored());
        var log = inspection.training();
        slider.setVisible(log != null && log.checkpoints().size() > 1);
        if (log != null) {
            slider.show(
                    List.of(inspection.model().key(), log.checkpoints().size()),
                    () -> Histories.of(
                            inspection.model().name(), log, inspection.model().step()));
        }
        heads.show(inspection);
        composition.show(inspection);
        tokens.show(inspection);
    }

    private void notice(String text) {
        Div notice = new Div(new Span(text));
        notice.addClassName("hl-notice");
        notices.add(notice);
    }
}
