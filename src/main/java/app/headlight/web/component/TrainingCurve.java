package app.headlight.web.component;

import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import com.vaadin.flow.shared.Registration;

/** The chart of loss and head scores over the steps of a training. */
@Tag("headlight-training-curve")
@JsModule("./training/training-curve.ts")
@NpmPackage(value = "echarts", version = EChart.VERSION)
public class TrainingCurve extends LitComponent<TrainingHistory> {

    public Registration addStepSelectListener(ComponentEventListener<StepSelectEvent> listener) {
        return addListener(StepSelectEvent.class, listener);
    }
}
