package app.headlight.web.api;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.UncomputableException;
import app.headlight.engine.text.Piece;
import app.headlight.engine.transformer.Continuation;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.Prompt;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Answers {@code /api/v1/models/{name}/continue}: how a model goes on from a sentence. */
@RestController
class ContinueController {

    private final AskedModel asked;
    private final Laboratory lab;

    ContinueController(AskedModel asked, Laboratory lab) {
        this.asked = asked;
        this.lab = lab;
    }

    /**
     * @param text or the tokens
     * @param more how many tokens the model adds
     * @param seed of the draws from its probabilities; without one it adds the likeliest token each time
     */
    record Request(
            @Nullable String text,

            int @Nullable [] tokens,

            @Schema(minimum = "1", maximum = "200", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Integer more,

            @Schema(minimum = "0") @Nullable Long seed) {}

    /**
     * @param tokens those of the sentence, then the model's own
     * @param pieces what each stands for
     * @param continued the model's own alone
     */
    record Answer(int[] tokens, List<String> pieces, List<Integer> continued) {}

    @PostMapping(
            path = "/api/v1/models/{name}/continue",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    Answer goOn(@PathVariable String name, @RequestBody Request request) {
        OpenModel model = asked.open(name);
        Prompt prompt = new SentenceRequest(request.text(), request.tokens()).prompt(model);
        Integer more = request.more();
        if (more == null || more < 1) {
            throw Problem.bad("Cannot be continued", "“more” is " + more + "; expected the number of tokens to add.");
        }
        Long seed = request.seed();
        if (seed != null && seed < 0) {
            throw Problem.bad("Cannot be continued", "“seed” is " + seed + "; expected 0 or more.");
        }
        if (more > prompt.room(model)) {
            throw Problem.bad(
                    "Cannot be continued",
                    "“more” is " + more + ", and after the " + prompt.tokens().length
                            + " tokens of the sentence there is" + " room for " + prompt.room(model) + ".");
        }
        try {
            List<Integer> continued = lab.continued(model, prompt.tokens(), new Continuation(more, seed));
            Prompt whole = prompt.continued(model, continued);
            return new Answer(
                    whole.tokens(), whole.pieces().stream().map(Piece::label).toList(), continued);
        } catch (UncomputableException uncomputable) {
            throw uncomputable;
        } catch (Refusal refused) {
            throw Problem.bad("Cannot be continued", refused.getMessage());
        }
    }
}
