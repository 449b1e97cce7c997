package app.headlight.web.api;

import app.headlight.engine.transformer.HeadId;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.models.OpenModel;
import app.headlight.services.sentences.OverSentences;
import app.headlight.services.sentences.SentenceSet;
import app.headlight.services.sentences.StoredText;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Answers {@code /api/v1/models/{name}/over-sentences}: does a head always do what it does in one sentence? */
@RestController
class SentencesController {

    /** What takes longer is refused, in seconds. */
    private static final double MOST = 120;

    private final Laboratory lab;
    private final AskedModel asked;
    private final StoredText text;

    SentencesController(Laboratory lab, AskedModel asked, StoredText text) {
        this.lab = lab;
        this.asked = asked;
        this.text = text;
    }

    @Operation(
            summary = "A head over many sentences",
            description =
                    "Runs each sentence twice, as it is and with what the head writes set to zero, and answers the"
                            + " mean, the standard deviation, the least and the most of what the head does, and each sentence's"
                            + " value.")
    @PostMapping(
            path = "/api/v1/models/{name}/over-sentences",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    SentencesAnswer overSentences(@PathVariable String name, @RequestBody SentencesRequest request) {
        OpenModel model = asked.open(name);
        HeadId head = request.id();
        SentenceSet set = request.set(model, text);
        OverSentences.checkTime(model, set, MOST);
        return SentencesAnswer.of(set, lab.get(OverSentences.of(model, head, set)));
    }
}
