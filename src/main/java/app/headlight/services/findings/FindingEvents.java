package app.headlight.services.findings;

import app.headlight.ground.signals.Signals;
import app.headlight.services.findings.FindingChange.Sort;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Tells listeners about each change of a finding after it is stored, whichever server made it. */
@Component
public class FindingEvents {

    private static final String TOPIC = "finding";

    private final Signals signals;

    FindingEvents(Signals signals) {
        this.signals = signals;
    }

    /**
     * @param listener called on a thread that all listeners share, so it must be quick
     * @return removes the listener
     */
    public Runnable listen(Consumer<FindingChange> listener) {
        return signals.listen(TOPIC, new Signals.Listener() {
            @Override
            public void received(String text) {
                listener.accept(FindingChange.parse(text));
            }

            @Override
            public void missed() {
                listener.accept(new FindingChange(Sort.MISSED, 0, ""));
            }
        });
    }

    void tell(Sort sort, Finding finding) {
        tell(sort, finding.id(), finding.content().subject().model());
    }

    void tell(Sort sort, long finding, String model) {
        signals.send(TOPIC, new FindingChange(sort, finding, model).text());
    }
}
