package app.headlight.web.explore;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.UncomputableException;
import app.headlight.engine.transformer.Continuation;
import app.headlight.engine.transformer.Run;
import app.headlight.services.edits.AskedEdit;
import app.headlight.services.edits.EditList;
import app.headlight.services.edits.EditWords;
import app.headlight.services.lab.HeadScores;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.lab.WeightsMark;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.Prompt;
import app.headlight.services.models.StoredModel;
import app.headlight.services.sentences.StoredText;
import app.headlight.web.explore.bar.Example;
import app.headlight.web.explore.shown.EditedRun;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.view.Decoded;
import app.headlight.web.view.EditState;
import app.headlight.web.view.ViewState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Service;

/**
 * Turns a view state into what is computed: opens the model, makes tokens of the sentence, runs the one on the other,
 * and chooses what the state leaves open. What does not fit the model is replaced and reported in words.
 */
@Service
public class Explorer {

    private static final Pattern NUMBERED = Pattern.compile("edits\\[(\\d+)]");

    private final ModelLibrary library;
    private final HeadScores scores;
    private final WeightsMark marks;
    private final Laboratory lab;
    private final StoredText text;

    Explorer(ModelLibrary library, HeadScores scores, WeightsMark marks, Laboratory lab, StoredText text) {
        this.library = library;
        this.scores = scores;
        this.marks = marks;
        this.lab = lab;
        this.text = text;
    }

    /** The sentences of the text of each model. */
    StoredText text() {
        return text;
    }

    List<StoredModel> models() {
        return library.models();
    }

    /** What an address asks for; empty where the model that it names is not stored, or none is. */
    public Optional<Exploration> open(Decoded asked) {
        List<String> notices = new ArrayList<>(asked.notices());
        return model(asked.state(), notices).map(model -> open(model, asked.state(), notices));
    }

    private Exploration open(OpenModel model, ViewState given, List<String> notices) {
        ViewState asked = fittingFirst(model, given);
        Prompt prompt = prompt(model, asked.sentence(), notices);
        Run plain = null;
        try {
            prompt = continued(model, prompt, asked.continuation(), notices);
            plain = prompt.isEmpty() ? null : lab.run(model, prompt.tokens());
        } catch (UncomputableException uncomputable) {
            notices.add(model.name() + " cannot be run on this: " + uncomputable.getMessage());
            prompt = Prompt.none();
        }
        EditedRun runs = plain == null ? null : edited(model, plain, asked.edits(), notices);
        Run run = runs == null ? null : runs.shown();
        marks.trouble(model, asked.weights()).ifPresent(notices::add);
        Fitting fitting = new Fitting(model, marks.of(model), prompt, run, scores.strongest(model), notices, lab);
        ViewState fitted = fitting.fit(asked);
        return new Exploration(
                model,
                prompt,
                runs,
                runs == null ? fitted : fitted.withEdits(runs.state()),
                library.training(model.stored()).orElse(null),
                notices,
                lab);
    }

    /** The prompt with the model's own tokens after it, as many as there is room for. */
    private Prompt continued(OpenModel model, Prompt prompt, Continuation asked, List<String> notices) {
        if (asked.tokens() == 0) {
            return prompt;
        }
        if (prompt.isEmpty()) {
            notices.add(model.name() + " has nothing to go on from: type a sentence first.");
            return prompt;
        }
        int room = Math.max(0, prompt.room(model));
        if (asked.tokens() > room) {
            notices.add(String.format(
                    "%s takes %,d tokens: it goes on by %,d of the %,d tokens that are asked for.",
                    model.name(), model.config().nCtx(), room, asked.tokens()));
        }
        Continuation fitting = asked.withTokens(Math.min(room, asked.tokens()));
        return prompt.continued(model, lab.continued(model, prompt.tokens(), fitting));
    }

    /** The run with the edits that can be made; the others are left out, and said. */
    private EditedRun edited(OpenModel model, Run plain, EditState asked, List<String> notices) {
        int[] tokens = plain.tokens();
        EditList edits = EditList.of(
                lab,
                model,
                tokens,
                asked.asked(),
                (number, why) ->
                        notices.add("The edit “" + EditWords.label(asked.asked().get(number)) + "” cannot be made: "
                                + named(why, asked.asked()) + ". It is left out."));
        try {
            return new EditedRun(edits, plain, lab.run(model, tokens, edits.edits()), asked.shown());
        } catch (Refusal uncomputable) {
            notices.add("The run with edits cannot be computed: " + uncomputable.getMessage()
                    + ". It is shown without edits.");
            return new EditedRun(EditList.NONE, plain, plain, EditState.Shown.WITH);
        }
    }

    /** A reason that names edits by their numbers, naming them as they are shown. */
    private static String named(String why, List<AskedEdit> asked) {
        return NUMBERED.matcher(why)
                .replaceAll(number -> Matcher.quoteReplacement(
                        "“" + EditWords.label(asked.get(Integer.parseInt(number.group(1)))) + "”"));
    }

    private Optional<OpenModel> model(ViewState asked, List<String> notices) {
        Optional<OpenModel> model = asked.model().isEmpty() ? Optional.empty() : library.open(asked.model());
        if (model.isPresent() && asked.step() >= 0) {
            Optional<OpenModel> then = library.open(asked.model(), asked.step());
            if (then.isEmpty()) {
                notices.add(String.format(
                        "No weights of step %,d of %s are stored; the finished model is shown.",
                        asked.step(), asked.model()));
            }
            return then.or(() -> model);
        }
        if (model.isPresent() || !asked.model().isEmpty()) {
            return model;
        }
        return library.first();
    }

    /** The sentence of the first visit means nothing to some models; those begin with one of their own. */
    private static ViewState fittingFirst(OpenModel model, ViewState given) {
        boolean first = given.sentence().equals(ViewState.FIRST_SENTENCE);
        return first && !Example.isReadable(model, given.sentence())
                ? given.withSentence(Example.first(model).text()).withContinuation(given.continuation())
                : given;
    }

    private static Prompt prompt(OpenModel model, String sentence, List<String> notices) {
        try {
            Prompt prompt = model.prompt(sentence);
            if (prompt.isCut()) {
                notices.add(String.format(
                        "The sentence has %,d tokens; the first %,d are shown, which is all that %s takes in.",
                        prompt.given(), prompt.tokens().length, model.name()));
            }
            if (!prompt.unknown().isEmpty()) {
                notices.add(prompt.unknownTo(model));
            }
            long unknown = Example.unknown(prompt);
            if (2 * unknown > prompt.tokens().length) {
                notices.add(unknown + " of the sentence's " + prompt.tokens().length + " tokens are unknown to "
                        + model.name() + ", which reads all of them as the same token; see Examples for sentences.");
            }
            return prompt;
        } catch (Refusal unreadable) {
            notices.add(model.name() + " cannot read this: " + unreadable.getMessage());
            return Prompt.none();
        }
    }
}
