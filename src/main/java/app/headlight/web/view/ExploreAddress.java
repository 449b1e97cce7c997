package app.headlight.web.view;

import app.headlight.engine.circuits.StreamWriter;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Continuation;
import app.headlight.engine.transformer.HeadId;
import app.headlight.services.edits.AskedEdit;
import app.headlight.services.edits.EditText;
import app.headlight.web.view.AttentionState.Beside;
import app.headlight.web.view.AttentionState.Pooled;
import app.headlight.web.view.AttentionState.Thumbnails;
import app.headlight.web.view.AttentionState.View;
import app.headlight.web.view.AttentionState.Weighting;
import app.headlight.web.view.CircuitState.Side;
import app.headlight.web.view.CircuitState.Term;
import app.headlight.web.view.EditState.Shown;
import app.headlight.web.view.StreamState.Lens;
import app.headlight.web.view.StreamState.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The address of Explore: the parameters of a {@link ViewState}, and links to it from other pages. */
public final class ExploreAddress {

    /** Of the page. */
    public static final String PATH = "explore";

    /** A stored model's name. */
    public static final Parameter<String> MODEL = Parameter.text("model");

    private static final int MOST_HEADS = 8;
    private static final ViewState FIRST = ViewState.FIRST;

    private static final Parameter<Long> STEP = Parameter.of(
            "step",
            FIRST.step(),
            text -> text.equals("newest") ? ViewState.NEWEST : Parameter.notNegative(text),
            step -> step == ViewState.NEWEST ? "newest" : step < 0 ? "" : Long.toString(step),
            Parameter.unreadable("step", "none"));
    private static final Parameter<String> WEIGHTS = Parameter.of(
            "w",
            FIRST.weights(),
            text -> matching("[0-9a-f]{8}", text),
            mark -> mark,
            Parameter.unreadable("w", "whatever is stored now"));
    static final Parameter<String> TEXT =
            Parameter.text("text", FIRST.sentence()).alwaysWritten();
    private static final Parameter<Integer> MORE = Parameter.of(
            "more",
            FIRST.continuation().tokens(),
            text -> new Continuation(Parameter.notNegative(text), null).tokens(),
            count -> Integer.toString(count),
            text -> "The address says more=" + text + "; a model goes on by 0 to " + Continuation.MOST
                    + " tokens. It is left out.");
    private static final Parameter<Integer> SEED = Parameter.whole("seed", ViewState.NONE);
    static final Parameter<List<HeadId>> HEADS = new Parameter<>(
            "heads",
            FIRST.heads(),
            ExploreAddress::heads,
            heads -> heads.stream().map(HeadId::toString).collect(Collectors.joining(",")),
            false);
    private static final Parameter<List<HeadId>> VIRTUAL = Parameter.of(
            "virtual",
            FIRST.virtual(),
            text -> Stream.of(text.split("-", -1))
                    .map(name -> HeadId.parse(name.strip()))
                    .toList(),
            ExploreAddress::virtual,
            text -> "The address says virtual=" + text + "; a virtual head is written like L0H0-L1H3. It is left out.");
    static final Parameter<Integer> DESTINATION = position("dest");
    static final Parameter<Integer> SOURCE = position("src");
    static final Parameter<View> VIEW =
            Parameter.choice("view", FIRST.attention().view());
    static final Parameter<Weighting> WEIGHTING =
            Parameter.choice("show", FIRST.attention().weighting());
    static final Parameter<Double> THRESHOLD =
            Parameter.share("min", FIRST.attention().threshold());
    static final Parameter<Thumbnails> THUMBNAILS =
            Parameter.choice("thumbs", FIRST.attention().thumbnails());
    static final Parameter<Beside> BESIDE =
            Parameter.choice("beside", FIRST.attention().beside());
    static final Parameter<Pooled> POOLED =
            Parameter.choice("pooled", FIRST.attention().pooled());
    static final Parameter<List<Integer>> WITHOUT = Parameter.of(
            "without",
            FIRST.attention().without(),
            text -> Stream.of(text.split(",", -1)).map(Parameter::notNegative).toList(),
            without -> without.stream().map(String::valueOf).collect(Collectors.joining(",")),
            Parameter.unreadable("without", "none"));
    static final Parameter<String> TAB = Parameter.of(
            "tab",
            FIRST.circuit().tab(),
            text -> matching("[a-z-]+", text.toLowerCase(Locale.ROOT)),
            tab -> tab,
            Parameter.unreadable("tab", FIRST.circuit().tab()));
    private static final Parameter<Integer> TOKEN = Parameter.whole("token", ViewState.NONE);
    private static final Parameter<String> FIND = Parameter.text("find");
    private static final Parameter<Side> SIDE =
            Parameter.choice("side", FIRST.circuit().side());
    private static final Parameter<Term> TERM =
            Parameter.choice("term", FIRST.circuit().term());
    private static final Parameter<Integer> SINGULAR = Parameter.whole("singular", ViewState.NONE);
    private static final Parameter<String> ASK = Parameter.text("ask");
    private static final Parameter<Optional<StreamWriter>> QUERY = writer("query");
    private static final Parameter<Optional<StreamWriter>> KEY = writer("key");
    private static final Parameter<Integer> DISTANCE =
            Parameter.whole("distance", FIRST.circuit().distance());
    private static final Parameter<Picture> PICTURE =
            Parameter.choice("stream", FIRST.stream().picture());
    private static final Parameter<String> X =
            Parameter.text("x", FIRST.stream().x());
    private static final Parameter<String> Y =
            Parameter.text("y", FIRST.stream().y());
    private static final Parameter<Lens> LENS =
            Parameter.choice("lens", FIRST.stream().lens());

    private static final Parameter<List<AskedEdit>> EDITS =
            new Parameter<>("edits", FIRST.edits().asked(), EditText::read, EditText::write, false);
    private static final Parameter<Shown> SHOWN =
            Parameter.choice("edited", FIRST.edits().shown());

    /** In an order that is easy to read. */
    private static final Query NOTHING = Query.of(Stream.of(
                    Stream.<Parameter<?>>of(
                            MODEL,
                            STEP,
                            WEIGHTS,
                            TEXT,
                            MORE,
                            SEED,
                            HEADS,
                            VIRTUAL,
                            DESTINATION,
                            SOURCE,
                            VIEW,
                            WEIGHTING,
                            THRESHOLD,
                            THUMBNAILS,
                            BESIDE,
                            POOLED,
                            WITHOUT,
                            TAB,
                            TOKEN,
                            FIND,
                            SIDE,
                            TERM,
                            SINGULAR,
                            ASK,
                            QUERY,
                            KEY,
                            DISTANCE,
                            PICTURE,
                            X,
                            Y,
                            LENS,
                            EDITS,
                            SHOWN),
                    PatchingAddress.PARAMETERS.stream(),
                    SentencesAddress.PARAMETERS.stream())
            .flatMap(parameters -> parameters)
            .toList());

    private ExploreAddress() {}

    /** The state that the parameters of an address describe, with notices for those that cannot be read. */
    public static Decoded read(Map<String, String> parameters) {
        Query given = NOTHING.read(parameters);
        AttentionState attention = attention(given);
        CircuitState circuit = new CircuitState(
                given.get(TAB),
                given.get(TOKEN),
                given.get(FIND),
                given.get(SIDE),
                given.get(TERM),
                given.get(SINGULAR),
                given.get(ASK),
                new ReadThrough(given.get(QUERY).orElse(null), given.get(KEY).orElse(null)),
                given.get(DISTANCE));
        List<String> notices = new ArrayList<>(given.notices());
        ViewState state = new ViewState(
                new ModelState(given.get(MODEL), given.get(STEP), given.get(WEIGHTS)),
                new TextState(given.get(TEXT), continuation(given, notices)),
                new SelectionState(given.get(HEADS), given.get(VIRTUAL), given.get(DESTINATION), given.get(SOURCE)),
                attention,
                circuit,
                new StreamState(given.get(PICTURE), given.get(X), given.get(Y), given.get(LENS)),
                new EditState(given.get(EDITS), given.get(SHOWN)),
                PatchingAddress.read(given),
                SentencesAddress.read(given));
        return new Decoded(state, notices);
    }

    /** How attention is drawn, on every page alike. */
    static AttentionState attention(Query given) {
        return new AttentionState(
                given.get(VIEW),
                given.get(WEIGHTING),
                given.get(THRESHOLD),
                given.get(THUMBNAILS),
                given.get(BESIDE),
                given.get(POOLED),
                given.get(WITHOUT));
    }

    private static Continuation continuation(Query given, List<String> notices) {
        int more = given.get(MORE);
        int seed = given.get(SEED);
        if (more == 0 && seed >= 0) {
            notices.add("The address says seed=" + seed
                    + " and not by how many tokens the model goes on, as more=5 does. It is left out.");
        }
        return more == 0 ? Continuation.NONE : new Continuation(more, seed < 0 ? null : (long) seed);
    }

    /** The parameters of a state. */
    public static Query query(ViewState state) {
        CircuitState circuit = state.circuit();
        StreamState stream = state.stream();
        Query patched = PatchingAddress.write(
                state.patch(),
                drawn(NOTHING, state)
                        .with(MODEL, state.model())
                        .with(STEP, state.step())
                        .with(WEIGHTS, state.weights())
                        .with(TEXT, state.sentence())
                        .with(MORE, state.continuation().tokens())
                        .with(SEED, seed(state.continuation()))
                        .with(VIRTUAL, state.virtual())
                        .with(TAB, circuit.tab())
                        .with(TOKEN, circuit.token())
                        .with(FIND, circuit.search())
                        .with(SIDE, circuit.side())
                        .with(TERM, circuit.term())
                        .with(SINGULAR, circuit.singular())
                        .with(ASK, circuit.ask())
                        .with(QUERY, Optional.ofNullable(circuit.through().query()))
                        .with(KEY, Optional.ofNullable(circuit.through().key()))
                        .with(DISTANCE, circuit.distance())
                        .with(PICTURE, stream.picture())
                        .with(X, stream.x())
                        .with(Y, stream.y())
                        .with(LENS, stream.lens())
                        .with(EDITS, state.edits().asked())
                        .with(SHOWN, state.edits().shown()));
        return SentencesAddress.write(state.sentences(), patched);
    }

    /** A page's address with what is selected, and how attention is drawn. */
    static Query drawn(Query page, ViewState state) {
        AttentionState attention = state.attention();
        return page.with(HEADS, state.heads())
                .with(DESTINATION, state.destination())
                .with(SOURCE, state.source())
                .with(VIEW, attention.view())
                .with(WEIGHTING, attention.weighting())
                .with(THRESHOLD, attention.threshold())
                .with(THUMBNAILS, attention.thumbnails())
                .with(BESIDE, attention.beside())
                .with(POOLED, attention.pooled())
                .with(WITHOUT, attention.without());
    }

    private static int seed(Continuation continuation) {
        return continuation.seed() == null ? ViewState.NONE : Math.toIntExact(continuation.seed());
    }

    /** The address of a whole view. */
    public static String of(ViewState state) {
        return query(state).at(PATH);
    }

    /** A model on one of the pages that have these parameters. */
    public static String at(String path, String model) {
        return new Address(path, List.of()).with(MODEL, model).toString();
    }

    /** @param step of the model's training; −1: the finished model */
    public static String of(String model, long step) {
        return address(PATH, model, step).toString();
    }

    /** The same, with a sentence. */
    public static String of(String model, long step, String sentence) {
        return address(PATH, model, step).with(TEXT, sentence).toString();
    }

    /** The same, with a head. */
    public static String of(String model, long step, String sentence, HeadId head) {
        return address(PATH, model, step)
                .with(TEXT, sentence)
                .with(HEADS, List.of(head))
                .toString();
    }

    /** The virtual head of some heads, the earliest first. */
    public static String ofVirtual(String model, long step, List<HeadId> heads) {
        return address(PATH, model, step)
                .with(HEADS, List.of(heads.getLast()))
                .with(VIRTUAL, heads)
                .toString();
    }

    /**
     * The part of a head's scores that comes from one writer.
     *
     * @param head whose scores
     * @param byKey whether it is the keys that read what was written, or the queries
     * @param writer as {@code embed} or {@code L0H0}
     */
    public static String ofScores(String model, long step, HeadId head, boolean byKey, String writer) {
        return address(PATH, model, step)
                .with(HEADS, List.of(head))
                .with(TAB, CircuitState.QK)
                .with(TERM, Term.SCORES)
                .with(byKey ? KEY : QUERY, Optional.of(StreamWriter.parse(writer)))
                .toString();
    }

    /** A virtual head as addresses name it, {@code L0H0-L1H3}; empty where there is none. */
    public static String virtual(List<HeadId> heads) {
        return heads.stream().map(HeadId::toString).collect(Collectors.joining("-"));
    }

    static Address address(String path, String model, long step) {
        return new Address(path, List.of()).with(MODEL, model).with(STEP, Math.max(ViewState.NONE, step));
    }

    /** Each that can be read, once; whether the model has them is for the view to say. */
    private static List<HeadId> heads(String text, Consumer<String> notices) {
        List<HeadId> heads = Stream.of(text.split(","))
                .filter(name -> !name.isBlank())
                .map(name -> head(name, notices))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (heads.size() > MOST_HEADS) {
            notices.accept("The address asks for " + heads.size() + " heads; the first " + MOST_HEADS + " are shown.");
            return heads.subList(0, MOST_HEADS);
        }
        return heads;
    }

    private static @Nullable HeadId head(String name, Consumer<String> notices) {
        try {
            return HeadId.parse(name.strip());
        } catch (Refusal notAHead) {
            notices.accept("The address asks for the head “" + Parameter.shortened(name)
                    + "”; heads are written like L1H2. It is left out.");
            return null;
        }
    }

    /** A position in the sentence. */
    private static Parameter<Integer> position(String name) {
        return Parameter.of(
                name,
                ViewState.UNSET,
                text -> text.equals("none") ? ViewState.NONE : Parameter.notNegative(text),
                position -> position == ViewState.NONE ? "none" : position < 0 ? "" : Integer.toString(position),
                Parameter.unreadable(name, "the usual choice"));
    }

    /** What a head reads; whether it does is for the view to say. */
    private static Parameter<Optional<StreamWriter>> writer(String name) {
        return Parameter.of(
                name,
                Optional.empty(),
                text -> Optional.of(StreamWriter.parse(text.strip())),
                writer -> writer.map(StreamWriter::name).orElse(""),
                text -> "The address says " + name + "=" + text
                        + "; what a head reads is written embed, pos, bias, or like L0H0. It is left out.");
    }

    static String matching(String pattern, String text) {
        if (text.matches(pattern)) {
            return text;
        }
        throw new IllegalArgumentException();
    }
}
