package app.headlight.web.explore.bar;

import app.headlight.engine.training.TrainingLog;
import app.headlight.services.models.TrainingJob;
import app.headlight.services.models.Trainings;
import app.headlight.web.component.TrainingSlider;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.StateChange;
import app.headlight.web.page.Histories;
import app.headlight.web.panels.Panel;
import app.headlight.web.view.ViewState;
import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Where in its training the model is shown; hidden for models without a record of one. New steps of a training that is
 * under way are offered, or shown as they come.
 */
public class TrainingPanel extends Div implements Panel<Exploration> {

    private final transient Trainings trainings;
    private final TrainingSlider slider = new TrainingSlider();
    private final NativeButton offer = new NativeButton();
    private final Checkbox follow = new Checkbox("follow");
    private final transient StateChange change;
    private String model = "";
    /** How many checkpoints are shown. */
    private int shown;
    /** Whether the model was being trained when that was looked at last. */
    private boolean running;

    private transient Runnable deaf = () -> {};

    public TrainingPanel(Trainings trainings, StateChange change) {
        this.trainings = trainings;
        this.change = change;
        addClassName("hl-steps");
        slider.setId("training");
        slider.addStepSelectListener(event -> change.to(state -> state.withStep(event.step())));
        offer.setId("new-steps");
        offer.addClassName("hl-new-steps");
        offer.addClickListener(event -> change.to(state -> state.withStep(state.step())));
        follow.setId("follow-training");
        follow.setTooltipText("Show each new step of the training as soon as it is available");
        follow.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                change.to(state -> state.withStep(event.getValue() ? ViewState.NEWEST : ViewState.NONE));
            }
        });
        add(slider, offer, follow);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        UI ui = event.getUI();
        // One look under way is enough: it sees whatever has come until it is taken.
        AtomicBoolean asked = new AtomicBoolean();
        deaf = trainings.listen(() -> {
            if (asked.compareAndSet(false, true)) {
                ui.access(() -> {
                    asked.set(false);
                    if (look() > 0 && follow.getValue()) {
                        change.to(state -> state.withStep(state.step()));
                    }
                });
            }
        });
        look();
    }

    @Override
    protected void onDetach(DetachEvent event) {
        deaf.run();
    }

    @Override
    public void show(Exploration exploration) {
        TrainingLog log = exploration.training();
        model = exploration.model().name();
        shown = log == null ? 0 : log.checkpoints().size();
        follow.setValue(exploration.state().step() == ViewState.NEWEST);
        slider.setVisible(shown > 1);
        offer.setVisible(false);
        if (log != null) {
            slider.show(
                    List.of(exploration.model().ref(), shown),
                    () -> Histories.of(model, log, exploration.model().step()));
        }
        look();
    }

    /** Says what has come since the page was drawn; returns how many steps that are. */
    private int look() {
        Optional<TrainingJob> job = trainings.running(model);
        boolean ended = job.isEmpty() && running;
        running = job.isPresent();
        // Once more after its end: the last step comes with it.
        if (ended) {
            job = trainings.all().stream()
                    .filter(each -> each.name().equals(model))
                    .findFirst();
        }
        int fresh = job.flatMap(trainings::log)
                .map(log -> log.checkpoints().size() - shown)
                .orElse(0);
        follow.setVisible(running || follow.getValue());
        if (job.isPresent()) {
            offer.setVisible(fresh > 0 && !follow.getValue());
            offer.setText(fresh == 1 ? "1 new step" : fresh + " new steps");
        }
        setVisible(slider.isVisible() || offer.isVisible() || follow.isVisible());
        return fresh;
    }
}
