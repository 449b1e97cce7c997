package app.headlight.web.circuits;

import app.headlight.engine.training.TrainingLog;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.StoredModel;
import app.headlight.web.component.TrainingSlider;
import app.headlight.web.findings.AnnotatePanel;
import app.headlight.web.findings.HeadBadges;
import app.headlight.web.page.Histories;
import app.headlight.web.page.LeftOut;
import app.headlight.web.page.LongWork;
import app.headlight.web.page.MissingModel;
import app.headlight.web.page.ModelWarnings;
import app.headlight.web.panels.Panel;
import app.headlight.web.view.Address;
import app.headlight.web.view.AddressBar;
import app.headlight.web.view.LongAddresses;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The page of a model without a sentence. The address bar is its state. */
@Route(CircuitsState.PATH)
@PageTitle("Headlight · Circuits")
@Menu(title = "Circuits", order = 2)
public class CircuitsView extends Main implements BeforeEnterObserver {

    private final transient Inspector inspector;
    private final transient LongAddresses addresses;
    private final transient AddressBar bar = new AddressBar();
    private final Select<StoredModel> picker = new Select<>();
    private final TrainingSlider slider = new TrainingSlider();
    private final ModelWarnings warnings = new ModelWarnings();
    private final LeftOut leftOut = new LeftOut();
    private final Div notices = new Div();
    private final MissingModel missing = new MissingModel();
    private final LongWork work = new LongWork();
    private final Div panels = new Div();
    private final transient Annotating annotating;
    private final transient Map<String, Panel<Inspection>> shown = new LinkedHashMap<>();
    private transient CircuitsState state = CircuitsState.FIRST;

    CircuitsView(Inspector inspector, LongAddresses addresses, HeadBadges findings, AnnotatePanel annotate) {
        this.inspector = inspector;
        this.addresses = addresses;
        annotating = new Annotating(annotate, addresses);
        CircuitsDesk desk = new CircuitsDesk(this::change, inspector, findings, annotating);
        CircuitsPanels.CATALOGUE
                .kinds()
                .forEach(kind -> shown.put(kind.name(), kind.maker().apply(desk)));
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
        Div tokens = new Div(component("trigrams"), component("bigrams"));
        tokens.addClassName("hl-circuit-tokens");
        panels.addClassName("hl-circuit-panels");
        panels.add(component("modular"), component("heads"), component("composition"), tokens, component("text"));
        add(missing, bar, warnings, leftOut, notices, work, panels, annotate);
    }

    private Component component(String panel) {
        return shown.get(panel).component();
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        bar.entered(event.getLocation());
        List<String> unreadable = new ArrayList<>();
        CircuitsState asked = CircuitsState.of(
                addresses.spelledOut(Address.of(event.getLocation()).parameters(), unreadable::add));
        unreadable.addAll(asked.query().notices());
        show(asked.readable(), false);
        unreadable.forEach(this::notice);
    }

    private void change(UnaryOperator<CircuitsState> edit) {
        show(edit.apply(state.with(CircuitsState.WEIGHTS, "")), true);
    }

    /** @param entered whether the browser's history gets an entry for it */
    private void show(CircuitsState asked, boolean entered) {
        notices.removeAll();
        Optional<OpenModel> found = inspector.model(asked);
        missing.setVisible(false);
        setClassName("hl-missing", found.isEmpty());
        if (found.isEmpty()) {
            missing.show(
                    asked.get(CircuitsState.MODEL),
                    inspector.models(),
                    other ->
                            CircuitsState.FIRST.with(CircuitsState.MODEL, other).address());
            return;
        }
        OpenModel model = found.get();
        inspector.check(asked, model, this::notice);
        picker.setValue(model.stored());
        warnings.show(model.stored());
        leftOut.show(model.config());
        showTraining(model);
        panels.setVisible(false);
        work.await(inspector.circuits(model), "Computing the circuits of " + model.name(), known -> {
            Inspection inspection = inspector.inspect(model, known, asked, this::notice);
            CircuitsState before = state;
            state = inspection.state();
            panels.setVisible(true);
            shown.values().forEach(panel -> panel.show(inspection));
            annotating.show(inspection);
            if (entered && !state.equals(before)) {
                bar.push(addresses.shortened(state.address(), this::notice));
            } else if (!state.equals(asked)) {
                bar.replace(addresses.shortened(state.address(), this::notice));
            }
        });
    }

    private void showTraining(OpenModel model) {
        TrainingLog log = inspector.training(model).orElse(null);
        slider.setVisible(log != null && log.checkpoints().size() > 1);
        if (log != null) {
            slider.show(
                    List.of(model.ref(), log.checkpoints().size()),
                    () -> Histories.of(model.name(), log, model.step()));
        }
    }

    private void notice(String text) {
        Div notice = new Div(new Span(text));
        notice.addClassName("hl-notice");
        notices.add(notice);
    }
}
