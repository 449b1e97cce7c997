package app.headlight.web.view;

import app.headlight.engine.circuits.StreamWriter;
import app.headlight.engine.transformer.HeadId;
import app.headlight.web.view.AttentionState.Thumbnails;
import app.headlight.web.view.AttentionState.View;
import app.headlight.web.view.AttentionState.Weighting;
import app.headlight.web.view.CircuitState.Side;
import app.headlight.web.view.CircuitState.Tab;
import app.headlight.web.view.CircuitState.Term;
import app.headlight.web.view.StreamState.Lens;
import app.headlight.web.view.StreamState.Picture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The codec between a {@link ViewState} and the query parameters of its URL.
 *
 * <p>What a picture depends on is always written; a setting with its default value is left out. A parameter that cannot
 * be read falls back to its default and is reported in words; an unknown one is ignored, since other sites add such
 * parameters to links.
 */
public final class ViewStateCodec {

    private static final int MOST_HEADS = 8;

    private ViewStateCodec() {}

    /** The parameters of a state, in an order that is easy to read. */
    public static Map<String, String> encode(ViewState state) {
        Map<String, String> out = new LinkedHashMap<>();
        ViewState first = ViewState.FIRST;
        put(out, "model", state.model(), "");
        put(out, "step", step(state.step()), "");
        put(out, "w", state.weights(), "");
        out.put("text", state.sentence());
        put(
                out,
                "heads",
                String.join(",", state.heads().stream().map(HeadId::toString).toList()),
                "");
        put(out, "virtual", virtual(state.virtual()), "");
        put(out, "dest", position(state.destination()), "");
        put(out, "src", position(state.source()), "");
        AttentionState attention = state.attention();
        put(out, "view", name(attention.view()), name(first.attention().view()));
        put(out, "show", name(attention.weighting()), name(first.attention().weighting()));
        put(out, "min", number(attention.threshold()), number(first.attention().threshold()));
        put(out, "thumbs", name(attention.thumbnails()), name(first.attention().thumbnails()));
        CircuitState circuit = state.circuit();
        put(out, "tab", name(circuit.tab()), name(first.circuit().tab()));
        put(out, "token", circuit.token() < 0 ? "" : Integer.toString(circuit.token()), "");
        put(out, "find", circuit.search(), "");
        put(out, "side", name(circuit.side()), name(first.circuit().side()));
        put(out, "term", name(circuit.term()), name(first.circuit().term()));
        put(out, "singular", circuit.singular() < 0 ? "" : Integer.toString(circuit.singular()), "");
        put(out, "ask", circuit.ask(), "");
        put(out, "query", writer(circuit.through().query()), "");
        put(out, "key", writer(circuit.through().key()), "");
        StreamState stream = state.stream();
        put(out, "stream", name(stream.picture()), name(first.stream().picture()));
        put(out, "x", stream.x(), first.stream().x());
        put(out, "y", stream.y(), first.stream().y());
        put(out, "lens", name(stream.lens()), name(first.stream().lens()));
        return out;
    }

    /** The state that the parameters describe, with notices for those that could not be read. */
    public static Decoded decode(Map<String, String> parameters) {
        return new Reader(parameters).read();
    }

    private static void put(Map<String, String> out, String key, String value, String usual) {
        if (!value.equals(usual)) {
            out.put(key, value);
        }
    }

    /** A virtual head as addresses name it, {@code L0H0-L1H3}; empty where there is none. */
    public static String virtual(List<HeadId> heads) {
        return String.join("-", heads.stream().map(HeadId::toString).toList());
    }

    private static String step(long step) {
        return step == ViewState.NEWEST ? "newest" : step < 0 ? "" : Long.toString(step);
    }

    private static String writer(@Nullable StreamWriter writer) {
        return writer == null ? "" : writer.name();
    }

    private static String position(int position) {
        return position == ViewState.UNSET ? "" : position == ViewState.NONE ? "none" : Integer.toString(position);
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /** Reads one address and collects notices. */
    private static final class Reader {
        private final Map<String, String> parameters;
        private final List<String> notices = new ArrayList<>();

        Reader(Map<String, String> parameters) {
            this.parameters = parameters;
        }

        Decoded read() {
            ViewState first = ViewState.FIRST;
            AttentionState attention = new AttentionState(
                    choice("view", View.class, first.attention().view()),
                    choice("show", Weighting.class, first.attention().weighting()),
                    share("min", first.attention().threshold()),
                    choice("thumbs", Thumbnails.class, first.attention().thumbnails()));
            CircuitState circuit = new CircuitState(
                    choice("tab", Tab.class, first.circuit().tab()),
                    whole("token", ViewState.NONE),
                    text("find", ""),
                    choice("side", Side.class, first.circuit().side()),
                    choice("term", Term.class, first.circuit().term()),
                    whole("singular", ViewState.NONE),
                    text("ask", ""),
                    new ReadThrough(writerOf("query"), writerOf("key")));
            StreamState stream = new StreamState(
                    choice("stream", Picture.class, first.stream().picture()),
                    text("x", first.stream().x()),
                    text("y", first.stream().y()),
                    choice("lens", Lens.class, first.stream().lens()));
            ViewState state = new ViewState(
                    text("model", ""),
                    "newest".equals(parameters.get("step")) ? ViewState.NEWEST : whole("step", ViewState.NONE),
                    weights(),
                    text("text", first.sentence()),
                    heads(),
                    virtual(),
                    positionOf("dest"),
                    positionOf("src"),
                    attention,
                    circuit,
                    stream);
            return new Decoded(state, notices);
        }

        private String text(String key, String usual) {
            return parameters.getOrDefault(key, usual);
        }

        private String weights() {
            String given = text("w", "");
            if (given.matches("(?:[0-9a-f]{8})?")) {
                return given;
            }
            unreadable("w", given, "whatever is stored now");
            return "";
        }

        private <E extends Enum<E>> E choice(String key, Class<E> type, E usual) {
            String given = parameters.get(key);
            if (given == null) {
                return usual;
            }
            for (E candidate : type.getEnumConstants()) {
                if (name(candidate).equals(given.toLowerCase(Locale.ROOT))) {
                    return candidate;
                }
            }
            unreadable(key, given, name(usual));
            return usual;
        }

        private int whole(String key, int usual) {
            String given = parameters.get(key);
            if (given == null) {
                return usual;
            }
            try {
                int value = Integer.parseInt(given.strip());
                if (value >= 0) {
                    return value;
                }
            } catch (NumberFormatException notANumber) {
                // reported below, like a negative one
            }
            unreadable(key, given, usual == ViewState.NONE ? "none" : Integer.toString(usual));
            return usual;
        }

        private double share(String key, double usual) {
            String given = parameters.get(key);
            if (given == null) {
                return usual;
            }
            try {
                double value = Double.parseDouble(given.strip());
                if (value >= 0 && value <= 1) {
                    return value;
                }
            } catch (NumberFormatException notANumber) {
                // reported below, like one out of range
            }
            unreadable(key, given, number(usual));
            return usual;
        }

        private int positionOf(String key) {
            return "none".equals(parameters.get(key)) ? ViewState.NONE : whole(key, ViewState.UNSET);
        }

        /** Whether the head reads it is for the view to say. */
        private @Nullable StreamWriter writerOf(String key) {
            String given = text(key, "");
            try {
                return given.isEmpty() ? null : StreamWriter.parse(given.strip());
            } catch (IllegalArgumentException noWriter) {
                notices.add("The address says " + key + "=" + shortened(given)
                        + "; what a head reads is written embed, pos, bias, or like L0H0. It is left out.");
                return null;
            }
        }

        private List<HeadId> heads() {
            List<HeadId> heads = new ArrayList<>();
            for (String name : text("heads", "").split(",")) {
                if (name.isBlank()) {
                    continue;
                }
                try {
                    HeadId head = HeadId.parse(name.strip());
                    if (!heads.contains(head)) {
                        heads.add(head);
                    }
                } catch (IllegalArgumentException notAHead) {
                    notices.add("The address asks for the head “" + shortened(name)
                            + "”; heads are written like L1H2. It is left out.");
                }
            }
            if (heads.size() > MOST_HEADS) {
                notices.add("The address asks for " + heads.size() + " heads; the first " + MOST_HEADS + " are shown.");
                return heads.subList(0, MOST_HEADS);
            }
            return heads;
        }

        /** Whether the heads are the model's, and in order, is for the view to say. */
        private List<HeadId> virtual() {
            String given = text("virtual", "");
            try {
                List<HeadId> heads = new ArrayList<>();
                for (String name : given.isEmpty() ? new String[0] : given.split("-", -1)) {
                    heads.add(HeadId.parse(name.strip()));
                }
                return heads;
            } catch (IllegalArgumentException notAHead) {
                notices.add("The address says virtual=" + shortened(given)
                        + "; a virtual head is written like L0H0-L1H3. It is left out.");
                return List.of();
            }
        }

        private void unreadable(String key, String given, String used) {
            notices.add("The address says " + key + "=" + shortened(given) + ", which is not a value of it; "
                    + (used.equals(Integer.toString(ViewState.UNSET)) ? "the usual choice" : used) + " is used.");
        }

        private static String shortened(String given) {
            return given.length() <= 40 ? given : given.substring(0, 40) + "…";
        }
    }
}
