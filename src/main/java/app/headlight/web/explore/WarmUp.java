package app.headlight.web.explore;

import app.headlight.services.lab.HeadScores;
import app.headlight.services.lab.WeightsMark;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.StoredModel;
import app.headlight.web.view.Decoded;
import app.headlight.web.view.ViewState;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Computes the front page once, as soon as the program stands, so that the first visitor does not wait for it; then
 * measures what is kept of each large model, where that was never measured.
 */
@Component
class WarmUp {

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

    private final Explorer explorer;
    private final ModelLibrary library;
    private final HeadScores scores;
    private final WeightsMark marks;

    WarmUp(Explorer explorer, ModelLibrary library, HeadScores scores, WeightsMark marks) {
        this.explorer = explorer;
        this.library = library;
        this.scores = scores;
        this.marks = marks;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        Thread.ofVirtual().name("warm-up").start(() -> {
            explorer.open(new Decoded(ViewState.FIRST, List.of()));
            library.models().stream()
                    .filter(model -> model.inFolder() && !scores.areKept(model))
                    .forEach(this::measure);
        });
    }

    private void measure(StoredModel stored) {
        try {
            OpenModel model = library.open(stored.name()).orElseThrow();
            marks.of(model);
            scores.of(model);
        } catch (RuntimeException unmeasured) {
            LOG.warn("The heads of {} could not be measured: {}", stored.name(), unmeasured.getMessage());
        }
    }
}
