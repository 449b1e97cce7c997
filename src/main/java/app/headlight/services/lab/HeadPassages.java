package app.headlight.services.lab;

import app.headlight.engine.circuits.StrongestAttention;
import app.headlight.engine.circuits.StrongestAttention.Role;
import app.headlight.engine.training.TextFigures;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Progress;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.Prompt;
import app.headlight.services.models.StoredPassages;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The passages of a model's stored text in which a head does most strongly what it is known for. */
@Component
public class HeadPassages {

    /** Passages that are shown at most. */
    public static final int MOST = 5;

    private final ModelLibrary library;
    private final HeadScores scores;
    private final Laboratory lab;

    HeadPassages(ModelLibrary library, HeadScores scores, Laboratory lab) {
        this.library = library;
        this.scores = scores;
        this.lab = lab;
    }

    /**
     * The best passages.
     *
     * @param role what the head is known for
     * @param read how many passages were looked at
     * @param best the strongest first
     */
    public record Best(Role role, int read, List<Passage> best) {}

    /** A passage, and what the head does in it. */
    public record Passage(Prompt text, StrongestAttention attention) {}

    /** Begins to look for them; empty where no text is stored beside the model. */
    public Optional<Ticket<Best>> ask(OpenModel model, HeadId head) {
        return library.textFigures(model.stored())
                .filter(text -> !text.unseen().isEmpty())
                .map(text -> lab.ask(Measurement.slow(
                        model.ref(), "best passages", List.of(head), progress -> best(model, head, text, progress))));
    }

    private Best best(OpenModel model, HeadId head, TextFigures text, Progress progress) {
        Role role = Role.of(scores.of(model).get(head));
        List<Prompt> passages = StoredPassages.of(model, text);
        List<Passage> best = StrongestAttention.of(
                        model.transformer(),
                        head,
                        role,
                        passages.stream().map(Prompt::tokens).toList(),
                        MOST,
                        progress)
                .stream()
                .map(found -> new Passage(passages.get(found.text()), found))
                .toList();
        return new Best(role, passages.size(), best);
    }
}
