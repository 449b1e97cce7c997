package app.headlight.web.component;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import java.time.Duration;

/** A clock with the time of day, and how long ago something began; it runs by itself. */
@Tag("headlight-presenter-clock")
@JsModule("./presenter-clock/presenter-clock.ts")
public class PresenterClock extends Component {

    /** @param since how long ago it began, by the server's clock: the browser's may be wrong */
    public void start(Duration since) {
        getElement().setProperty("elapsed", since.toMillis());
    }
}
