package app.headlight.web.component;

import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.shared.Registration;

/** A slider over the checkpoints of a training. */
@Tag("headlight-training-slider")
@JsModule("./training/training-slider.ts")
public class TrainingSlider extends LitComponent<TrainingHistory> {

    public Registration addStepSelectListener(ComponentEventListener<StepSelectEvent> listener) {
        return addListener(StepSelectEvent.class, listener);
    }
}
