package app.headlight.web.explore;

import app.headlight.engine.circuits.ScoreParts;
import app.headlight.engine.circuits.StreamWriter;
import app.headlight.engine.circuits.VirtualHead;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.lab.Measurement;
import app.headlight.services.lab.RunRef;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.Prompt;
import app.headlight.web.explore.shown.Choice;
import app.headlight.web.explore.shown.Shorten;
import app.headlight.web.view.AttentionState;
import app.headlight.web.view.CircuitState;
import app.headlight.web.view.CircuitState.Term;
import app.headlight.web.view.ExploreAddress;
import app.headlight.web.view.ModelState;
import app.headlight.web.view.Parameter;
import app.headlight.web.view.ReadThrough;
import app.headlight.web.view.SelectionState;
import app.headlight.web.view.TextState;
import app.headlight.web.view.ViewState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Fits a state to the model and the sentence: chooses what it leaves open, and replaces, with a notice, what is not
 * there.
 *
 * @param mark of the model's weights
 * @param usual the head shown where the state names none
 * @param notices gathers a sentence about each replacement
 * @param lab where the pattern of a virtual head is measured
 */
record Fitting(
        OpenModel model,
        String mark,
        Prompt prompt,
        @Nullable Run run,
        Optional<HeadId> usual,
        List<String> notices,
        Laboratory lab) {

    ViewState fit(ViewState asked) {
        List<HeadId> heads = heads(asked.heads());
        int destination = destination(asked.destination());
        List<HeadId> virtual = virtual(asked.virtual());
        int source = source(asked.source(), destination, heads, virtual);
        boolean newest = asked.step() == ViewState.NEWEST; // whatever its weights are
        return new ViewState(
                new ModelState(
                        model.name(),
                        newest ? asked.step() : model.step(),
                        newest ? "" : asked.weights().isEmpty() ? mark : asked.weights()),
                new TextState(
                        prompt.isCut() ? prompt.text() : asked.sentence(),
                        asked.continuation().withTokens(prompt.continued())),
                new SelectionState(heads, virtual, destination, source),
                attention(asked.attention()),
                circuit(asked.circuit(), heads, virtual),
                asked.stream(),
                asked.edits(),
                asked.patch(),
                asked.sentences());
    }

    private AttentionState attention(AttentionState asked) {
        int length = prompt.tokens().length;
        List<Integer> there =
                asked.without().stream().filter(token -> token < length).toList();
        if (there.size() < asked.without().size() && length > 0) {
            String missing = asked.without().stream()
                    .filter(token -> token >= length)
                    .map(String::valueOf)
                    .collect(Collectors.joining(", "));
            notices.add("There is no token " + missing + " to leave out; the sentence has tokens 0 to " + (length - 1)
                    + ".");
        }
        return length == 0 ? asked : asked.withWithout(there);
    }

    private List<HeadId> heads(List<HeadId> asked) {
        Config config = model.config();
        List<HeadId> heads = new ArrayList<>();
        for (HeadId head : asked) {
            if (head.layer() < config.nLayers() && head.head() < config.nHeads()) {
                heads.add(head);
            } else {
                notices.add("There is no head " + head + " in " + model.name() + ", which has "
                        + (config.nLayers() == 0
                                ? "no layers."
                                : "layers 0 to " + (config.nLayers() - 1) + " with heads 0 to " + (config.nHeads() - 1)
                                        + "."));
            }
        }
        if (heads.isEmpty()) {
            usual.ifPresent(heads::add);
        }
        return heads;
    }

    private List<HeadId> virtual(List<HeadId> asked) {
        if (asked.isEmpty()) {
            return asked;
        }
        try {
            return VirtualHead.of(model.transformer(), asked).heads();
        } catch (Refusal none) {
            notices.add("“" + Shorten.to(40, ExploreAddress.virtual(asked)) + "” is not a virtual head of "
                    + model.name() + ": " + none.getMessage() + ". The heads by themselves are shown.");
            return List.of();
        }
    }

    private int destination(int asked) {
        int length = prompt.tokens().length;
        if (asked >= length && length > 0) {
            notices.add("There is no token " + asked + "; the sentence has tokens 0 to " + (length - 1) + ".");
        }
        return asked == ViewState.NONE ? ViewState.NONE : asked >= 0 && asked < length ? asked : length - 1;
    }

    private int source(int asked, int destination, List<HeadId> heads, List<HeadId> virtual) {
        if (run == null || heads.isEmpty() || destination < 0 || asked == ViewState.NONE) {
            return ViewState.NONE;
        }
        if (asked > destination) {
            notices.add("Token " + asked + " comes after token " + destination
                    + ", which cannot attend to it; its strongest line is shown.");
        }
        int window = virtual.isEmpty() ? model.config().window(heads.getFirst().layer()) : Integer.MAX_VALUE;
        boolean seen = destination - asked < window;
        if (asked >= 0 && !seen) {
            notices.add("Token " + asked + " is outside the window of " + window + " tokens that token " + destination
                    + " sees in layer " + heads.getFirst().layer() + "; its strongest line is shown.");
        }
        if (asked >= 0 && asked <= destination && seen) {
            return asked;
        }
        Matrix pattern = virtual.isEmpty()
                ? run.pattern(heads.getFirst())
                : lab.get(Measurement.quick(
                        RunRef.of(model.ref(), run.tokens(), run.edits()),
                        "pattern of a virtual head",
                        virtual,
                        () -> VirtualHead.of(model.transformer(), virtual).pattern(model.transformer(), run)));
        return pattern.largestInRow(destination, destination + 1, 1).getFirst().index();
    }

    private CircuitState circuit(CircuitState asked, List<HeadId> heads, List<HeadId> virtual) {
        Config config = model.config();
        CircuitState fitted = through(asked, heads, virtual);
        if (ExplorePanels.TABS.stream().noneMatch(tab -> tab.name().equals(asked.tab()))) {
            notices.add(Parameter.unreadable("tab", CircuitState.OV).apply(asked.tab()));
            fitted = fitted.withTab(CircuitState.OV);
        }
        if (asked.token() >= config.dVocab()) {
            notices.add("There is no token with the id " + asked.token() + "; the vocabulary of " + model.name()
                    + " has ids 0 to " + (config.dVocab() - 1) + ".");
            fitted = fitted.withToken(ViewState.NONE);
        }
        int furthest = config.rotary() == null ? 0 : config.nCtx() - 1;
        if (asked.distance() > furthest) {
            notices.add("The QK circuit of " + model.name()
                    + (furthest == 0
                            ? " is the same at every distance, for its positions are not rotary; distance="
                            : " is shown at distances of 0 to " + furthest + "; distance=")
                    + asked.distance() + " is left out.");
            fitted = fitted.withDistance(0);
        }
        int directions = config.nLayers() == 0 ? 0 : Math.min(config.dHead(), config.dModel());
        if (asked.singular() >= directions) {
            notices.add("There is no singular direction " + asked.singular() + "; a head of " + model.name() + " has "
                    + directions + ".");
            fitted = fitted.withSingular(ViewState.NONE);
        }
        return fitted;
    }

    /** Which part of the scores is shown: only of a head by itself, and only what that head reads. */
    private CircuitState through(CircuitState asked, List<HeadId> heads, List<HeadId> virtual) {
        ReadThrough through = asked.through();
        if (through.isAll()) {
            return asked;
        }
        if (heads.isEmpty() || !virtual.isEmpty()) {
            notices.add((heads.isEmpty() ? model.name() + " has no heads" : "A virtual head has no scores of its own")
                    + ", so that no part of them can be shown.");
            return asked.withTerm(Term.TOKEN_TOKEN);
        }
        HeadId head = heads.getFirst();
        List<StreamWriter> read = StreamWriter.before(head.layer(), model.config());
        for (StreamWriter writer : new StreamWriter[] {through.query(), through.key()}) {
            if (writer != null && !read.contains(writer)) {
                notices.add(head + " of " + model.name() + " does not read “" + writer + "”; it reads "
                        + read.stream().map(StreamWriter::name).collect(Collectors.joining(", "))
                        + ". The whole scores are shown.");
                return asked.withThrough(ReadThrough.ALL);
            }
        }
        if (run != null && !ScoreParts.isPossible(run, head)) {
            notices.add("An edit changes the scores of " + head
                    + ", or the stream that it reads, itself, so that no part of its scores can be shown.");
            return asked.withThrough(ReadThrough.ALL);
        }
        if (asked.term() != Term.SCORES && asked.term() != Term.TOKEN_TOKEN) {
            notices.add("What a writer brings is shown of the scores of the sentence alone, not of “"
                    + Choice.name(asked.term()) + "”.");
        }
        return asked.term() == Term.SCORES ? asked : asked.withThrough(through);
    }
}
