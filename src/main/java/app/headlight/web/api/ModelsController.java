package app.headlight.web.api;

import app.headlight.engine.circuits.DetectorScores;
import app.headlight.engine.formats.Folding;
import app.headlight.engine.formats.HookFile;
import app.headlight.engine.formats.ModelFiles;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.text.Piece;
import app.headlight.engine.transformer.Run;
import app.headlight.services.edits.EditList;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.lab.Measurement;
import app.headlight.services.lab.RunRef;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.Prompt;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers {@code /api/v1/models}: the stored models, and runs of them. */
@RestController
@RequestMapping(path = "/api/v1/models", produces = MediaType.APPLICATION_JSON_VALUE)
class ModelsController {

    static final String STEP =
            "The model as it was after this step of its training, of those that are stored; without it, the finished model.";

    private final ModelLibrary library;
    private final AskedModel asked;
    private final Laboratory lab;

    ModelsController(ModelLibrary library, AskedModel asked, Laboratory lab) {
        this.library = library;
        this.asked = asked;
        this.lab = lab;
    }

    /**
     * @param config the fields of {@code config.json} that the model is computed with
     * @param warnings what the reader of its numbers must know
     * @param folding the steps by which its weights are folded when they are read, as TransformerLens names them
     */
    record Model(
            String name,

            @Schema(type = "object", implementation = Object.class)
            JsonNode config,

            List<String> warnings,
            List<String> folding) {}

    @GetMapping
    List<Model> models() {
        return library.models().stream()
                .map(model -> new Model(
                        model.name(),
                        JsonMapper.shared().readTree(ModelFiles.writeConfig(model.config())),
                        model.warnings(),
                        model.folding().stream().map(Folding.Step::label).toList()))
                .toList();
    }

    @PostMapping(path = "/{name}/run", consumes = MediaType.APPLICATION_JSON_VALUE)
    RunAnswer run(
            @PathVariable String name,
            @RequestParam(required = false) @Schema(description = STEP, minimum = "0") @Nullable Long step,
            @RequestBody RunRequest request) {
        OpenModel model = asked.open(name, step);
        Prompt prompt = request.prompt(model);
        int[] tokens = prompt.tokens();
        EditList edits = request.edits(lab, model, tokens);
        Run run = lab.run(model, tokens, edits.edits());
        RunFigures figures = lab.get(Measurement.quick(
                RunRef.of(model.ref(), tokens, edits.edits()),
                "figures of a run",
                List.of(),
                () -> RunFigures.of(model.transformer(), run)));
        return RunAnswer.of(request.text(), prompt, request.named(edits), run, lab.run(model, tokens), figures);
    }

    /** The same run's arrays, as {@link RunTensors} names them. */
    @PostMapping(
            path = "/{name}/run",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = {RunTensors.MEDIA_TYPE, MediaType.APPLICATION_OCTET_STREAM_VALUE})
    byte[] runTensors(
            @PathVariable String name,
            @RequestParam(required = false) @Schema(description = STEP, minimum = "0") @Nullable Long step,
            @RequestBody RunRequest request) {
        OpenModel model = asked.open(name, step);
        int[] tokens = request.prompt(model).tokens();
        return RunTensors.of(
                lab.run(model, tokens, request.edits(lab, model, tokens).edits()));
    }

    /** The same run's activations by TransformerLens's names, as {@link HookFile} writes them: a run that others take in. */
    @PostMapping(
            path = "/{name}/activations",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = {RunTensors.MEDIA_TYPE, MediaType.APPLICATION_OCTET_STREAM_VALUE})
    byte[] activations(@PathVariable String name, @RequestBody RunRequest request) {
        OpenModel model = asked.open(name);
        Prompt prompt = request.prompt(model);
        if (model.config().nLayers() == 0) {
            throw new Refusal(model.name() + " has no layers, and no hooks of any");
        }
        int[] tokens = prompt.tokens();
        Run run = lab.run(model, tokens, request.edits(lab, model, tokens).edits());
        return HookFile.of(run, prompt.pieces().stream().map(Piece::text).toList(), model.name())
                .bytes();
    }

    /**
     * @param text or the tokens
     * @param tokens that repeat after {@code period}
     */
    record DetectorsRequest(
            @Nullable String text,

            int @Nullable [] tokens,

            @Schema(minimum = "1", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Integer period) {}

    /** @param scores by head: {@code previous}, {@code duplicate}, {@code induction}, {@code first} */
    record DetectorsAnswer(Map<String, DetectorScores> scores) {}

    @PostMapping(path = "/{name}/detectors", consumes = MediaType.APPLICATION_JSON_VALUE)
    DetectorsAnswer detectors(@PathVariable String name, @RequestBody DetectorsRequest request) {
        OpenModel model = asked.open(name);
        Prompt prompt = new SentenceRequest(request.text(), request.tokens()).prompt(model);
        Integer period = request.period();
        if (period == null) {
            throw Problem.bad("Cannot be computed", "Give “period”, the number of tokens after which they repeat.");
        }
        Map<String, DetectorScores> scores = new LinkedHashMap<>();
        lab.get(Measurement.quick(
                        RunRef.of(model.ref(), prompt.tokens()),
                        "detector scores of a run",
                        List.of(period),
                        () -> DetectorScores.of(lab.run(model, prompt.tokens()), period)))
                .forEach((head, score) -> scores.put(head.toString(), score));
        return new DetectorsAnswer(scores);
    }
}
