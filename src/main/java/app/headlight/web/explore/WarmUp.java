package app.headlight.web.explore;

import app.headlight.web.view.Decoded;
import app.headlight.web.view.ViewState;
import java.util.List;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Computes the front page once, as soon as the program stands, so that the first visitor does not wait for it. */
@Component
class WarmUp {

    private final Explorer explorer;

    WarmUp(Explorer explorer) {
        this.explorer = explorer;
    }

    @EventListener(ApplicationReadyEvent.class)
    void computeTheFrontPage() {
        Thread.ofVirtual().name("warm-up").start(() -> explorer.open(new Decoded(ViewState.FIRST, List.of())));
    }
}
