package app.headlight.services.lab;

import app.headlight.engine.transformer.Edit;
import app.headlight.services.models.ModelRef;
import java.util.Arrays;
import java.util.List;

/** Names a run: which weights, on which tokens, with which edits. */
public record RunRef(ModelRef model, List<Integer> tokens, List<Edit> edits) {

    public RunRef {
        tokens = List.copyOf(tokens);
        edits = List.copyOf(edits);
    }

    /** The run of a model on some tokens as it is, without edits. */
    public static RunRef of(ModelRef model, int[] tokens) {
        return of(model, tokens, List.of());
    }

    /** The run of a model on some tokens with edits. */
    public static RunRef of(ModelRef model, int[] tokens, List<Edit> edits) {
        return new RunRef(model, Arrays.stream(tokens).boxed().toList(), edits);
    }
}
