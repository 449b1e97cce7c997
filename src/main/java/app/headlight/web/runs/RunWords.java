package app.headlight.web.runs;

import app.headlight.services.runs.StoredRun;
import java.util.List;

/** What pages say of a run. */
final class RunWords {

    private RunWords() {}

    /** {@code gpt2, 12 tokens, 12 layers of 12 heads}. */
    static String sizes(StoredRun run) {
        return (run.model().isEmpty() ? "" : run.model() + ", ")
                + count(run.tokens(), "token") + ", "
                + count(run.layers(), "layer") + " of "
                + count(run.heads(), "head");
    }

    private static String count(int many, String of) {
        return String.format("%,d %s%s", many, of, many == 1 ? "" : "s");
    }

    /** What the reader of its pictures must know. */
    static List<String> warnings(ShownRun shown) {
        if (shown.run().isCausal()) {
            return List.of();
        }
        long ahead = shown.run().heads().stream()
                .filter(head -> !shown.run().isCausal(head))
                .count();
        long all = shown.run().heads().size();
        return List.of("Not causal: tokens look at tokens that come after them, as in an encoder such as BERT"
                + (ahead == all ? "." : ", in " + ahead + " of " + all + " heads."));
    }

    static String unused(StoredRun run) {
        return "Of these in its file no picture is made: " + String.join(", ", run.unused()) + ".";
    }
}
