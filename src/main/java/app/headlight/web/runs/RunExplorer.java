package app.headlight.web.runs;

import app.headlight.engine.circuits.DetectorScores;
import app.headlight.engine.circuits.HeadLabel;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.RecordedRun;
import app.headlight.services.runs.Runs;
import app.headlight.services.runs.StoredRun;
import app.headlight.web.view.AttentionState;
import app.headlight.web.view.AttentionState.Thumbnails;
import app.headlight.web.view.AttentionState.Weighting;
import app.headlight.web.view.Decoded;
import app.headlight.web.view.Parameter;
import app.headlight.web.view.RunAddress;
import app.headlight.web.view.ViewState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/**
 * Turns the state of a run's page into what is shown: opens the run, and chooses what the state leaves open. What does
 * not fit the run is replaced and reported in words.
 */
@Service
public class RunExplorer {

    private final Runs runs;

    RunExplorer(Runs runs) {
        this.runs = runs;
    }

    /** What an address asks for; empty where the run is not stored, or not for whoever asks. */
    public Optional<ShownRun> open(String id, Decoded asked) {
        return runs.find(id).map(stored -> open(stored, asked));
    }

    private ShownRun open(StoredRun stored, Decoded asked) {
        RecordedRun run = runs.open(stored);
        Map<HeadId, DetectorScores> scores = runs.detectors(stored);
        List<String> notices = new ArrayList<>(asked.notices());
        ViewState given = asked.state();
        List<HeadId> heads = heads(run, scores, given.heads(), notices);
        int destination = destination(run, given.destination(), notices);
        int source = source(run, heads.getFirst(), given.source(), destination, notices);
        ViewState fitted = given.withHeads(heads)
                .withLine(destination, source)
                .withAttention(attention(run, given.attention(), notices));
        return new ShownRun(stored, run, scores, tab(fitted, notices), notices, runs);
    }

    private static List<HeadId> heads(
            RecordedRun run, Map<HeadId, DetectorScores> scores, List<HeadId> asked, List<String> notices) {
        List<HeadId> heads = new ArrayList<>();
        for (HeadId head : asked) {
            if (head.layer() < run.nLayers() && head.head() < run.nHeads()) {
                heads.add(head);
            } else {
                notices.add("There is no head " + head + " in this run, which has layers 0 to " + (run.nLayers() - 1)
                        + " with heads 0 to " + (run.nHeads() - 1) + ".");
            }
        }
        return heads.isEmpty() ? List.of(usual(run, scores)) : heads;
    }

    /** The head that does induction best on these tokens; where none does any, the one that is best known for something. */
    private static HeadId usual(RecordedRun run, Map<HeadId, DetectorScores> scores) {
        return scores.entrySet().stream()
                .filter(head -> HeadLabel.of(head.getValue()).isPresent())
                .max(Comparator.comparing((Map.Entry<HeadId, DetectorScores> head) ->
                                label(head).kind() == HeadLabel.Kind.INDUCTION)
                        .thenComparing(head -> label(head).score()))
                .map(Map.Entry::getKey)
                .orElse(run.heads().getFirst());
    }

    private static HeadLabel label(Map.Entry<HeadId, DetectorScores> head) {
        return HeadLabel.of(head.getValue()).orElseThrow();
    }

    private static int destination(RecordedRun run, int asked, List<String> notices) {
        int last = run.length() - 1;
        if (asked > last) {
            notices.add("There is no token " + asked + "; the run has tokens 0 to " + last + ".");
        }
        return asked == ViewState.NONE ? ViewState.NONE : asked >= 0 && asked <= last ? asked : last;
    }

    private static int source(RecordedRun run, HeadId head, int asked, int destination, List<String> notices) {
        if (destination < 0 || asked == ViewState.NONE) {
            return ViewState.NONE;
        }
        int sources = run.isCausal() ? destination + 1 : run.length();
        if (asked >= sources) {
            notices.add(
                    asked < run.length()
                            ? "Token " + asked + " comes after token " + destination
                                    + ", which cannot attend to it; its strongest line is shown."
                            : "There is no token " + asked + "; the run has tokens 0 to " + (run.length() - 1) + ".");
        }
        return asked >= 0 && asked < sources
                ? asked
                : run.pattern(head)
                        .largestInRow(destination, sources, 1)
                        .getFirst()
                        .index();
    }

    private static AttentionState attention(RecordedRun run, AttentionState asked, List<String> notices) {
        boolean values = ShownRun.hasValues(run);
        AttentionState fitted = asked;
        if (asked.weighting() == Weighting.LOGIT || asked.weighting() == Weighting.GRADIENT) {
            notices.add("What attention does to logits needs the weights of the model, which a run of another model has"
                    + " not; its weights of attention are shown.");
            fitted = fitted.withWeighting(Weighting.WEIGHT);
        } else if (asked.weighting() == Weighting.VALUE && !values) {
            notices.add("This run has no attn.hook_v, so that it is not known how large what is moved is; the weights"
                    + " of attention are shown.");
            fitted = fitted.withWeighting(Weighting.WEIGHT);
        }
        if (asked.thumbnails() == Thumbnails.EFFECT && !values) {
            notices.add("This run has no attn.hook_v, so that the thumbnails show patterns.");
            fitted = fitted.withThumbnails(Thumbnails.PATTERN);
        }
        List<Integer> there =
                asked.without().stream().filter(token -> token < run.length()).toList();
        if (there.size() < asked.without().size()) {
            notices.add("There is no token "
                    + asked.without().stream()
                            .filter(token -> token >= run.length())
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "))
                    + " to leave out; the run has tokens 0 to " + (run.length() - 1) + ".");
        }
        return fitted.withWithout(there);
    }

    private static ViewState tab(ViewState asked, List<String> notices) {
        String tab = asked.circuit().tab();
        if (RunPanels.TABS.stream().anyMatch(kind -> kind.name().equals(tab))) {
            return asked;
        }
        notices.add(Parameter.unreadable("tab", RunAddress.FIRST_TAB).apply(tab));
        return asked.withCircuit(asked.circuit().withTab(RunAddress.FIRST_TAB));
    }
}
