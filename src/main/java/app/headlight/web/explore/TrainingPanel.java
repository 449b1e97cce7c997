package app.headlight.web.explore;

import app.headlight.training.TrainingLog;
import app.headlight.web.Histories;
import app.headlight.web.component.TrainingSlider;
import com.vaadin.flow.component.Component;
import java.util.List;

/** Where in its training the model is shown; hidden for models without a record of one. */
class TrainingPanel implements Panel {

    private final TrainingSlider slider = new TrainingSlider();

    TrainingPanel(StateChange change) {
        slider.setId("training");
        slider.addStepSelectListener(event -> change.to(state -> state.withStep(event.step())));
    }

    Component component() {
        return slider;
    }

    @Override
    public void show(Exploration exploration) {
        TrainingLog log = exploration.training();
        slider.setVisible(log != null && log.checkpoints().size() > 1);
        if (log != null) {
            slider.show(
                    List.of(exploration.model().key(), log.checkpoints().size()),
                    () -> Histories.of(
                            exploration.model().name(), log, exploration.model().step()));
        }
    }
}
