package app.headlight.services.edits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Site.Kind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says in a few words what an edit does, as a label or as part of a sentence. */
public final class EditWords {

    private static final Pattern OF_LAYER = Pattern.compile("blocks\\.(\\d+)\\.(.+)");
    private static final Map<String, String> DONE = Map.of(
            "zero", "off",
            "mean", "set to its mean",
            "patch", "taken from another run",
            "add", "with a vector added",
            "remove", "without a direction",
            "set", "set by hand",
            "freeze", "frozen");

    private static final String ALL = "all heads of layer ";

    private EditWords() {}

    /** A label: {@code L0H3 off}, {@code L1H2: 19 ← 3 cut}. */
    public static String label(AskedEdit edit) {
        String done = Objects.requireNonNullElse(edit.done(), "");
        if (done.equals("cut")) {
            return edit.where().head() + ": " + edit.where().destination() + " ← "
                    + edit.where().source() + " cut"
                    + (Boolean.TRUE.equals(edit.by().renormalise()) ? ", the rest renormalised" : "");
        }
        String where = edit.where().position() != null
                ? " at " + edit.where().position()
                : edit.where().destination() == null
                        ? ""
                        : edit.where().source() == null
                                ? " at " + edit.where().destination()
                                : ": " + edit.where().destination() + " ← "
                                        + edit.where().source();
        String what = done.equals("scale") ? "× " + number(edit.by().scale()) : DONE.getOrDefault(done, done);
        if (done.equals("set") && edit.by().value() != null) {
            what = "set to " + number(edit.by().value());
        }
        if (done.equals("mean") && edit.by().over() != null && edit.by().over().sentences() != null) {
            what = "set to its mean over " + edit.by().over().sentences().size() + " sentences";
        }
        if (edit.by().from() != null && edit.by().from().writer() != null) {
            what = "with the part of " + edit.by().from().writer() + " from another run";
        }
        String who = subject(edit);
        return who + where + " " + (who.startsWith(ALL) ? what.replace("its mean", "their means") : what);
    }

    /** The start of a sentence about a run with edits: {@code Without L0H3}, {@code With L1H2: 19 ← 3 cut}. */
    public static String with(List<AskedEdit> edits) {
        if (edits.size() > 1) {
            return "With these " + edits.size() + " edits";
        }
        AskedEdit edit = edits.getFirst();
        boolean gone = "zero".equals(edit.done())
                && edit.where().position() == null
                && edit.where().destination() == null;
        return gone ? "Without " + subject(edit) : "With " + label(edit);
    }

    private static String number(@Nullable Float value) {
        if (value == null) {
            return "?";
        }
        return (value == value.intValue() ? Integer.toString(value.intValue()) : Float.toString(value))
                .replace("-", "−");
    }

    /** What is edited: a head, the heads or the MLP of a layer, or a site of the stream. */
    private static String subject(AskedEdit edit) {
        String site = Objects.requireNonNullElse(edit.where().site(), "no site");
        Matcher hook = OF_LAYER.matcher(site);
        Kind kind;
        try {
            kind = EditPlace.kind(hook.matches() ? hook.group(2) : site);
        } catch (Refusal unknown) {
            return site;
        }
        String layer =
                hook.matches() ? hook.group(1) : Objects.toString(edit.where().layer(), "?");
        String who = edit.where().head() != null ? edit.where().head() : ALL + layer;
        return switch (kind) {
            case EMBED -> "the embedding";
            case POS_EMBED -> "the position embedding";
            case FINAL_NORM -> "what is unembedded";
            case RESULT -> who;
            case PATTERN -> who + " pattern";
            case SCORES -> who + " scores";
            case Z -> who + " z";
            case Q -> who + " queries";
            case K -> who + " keys";
            case V -> who + " values";
            case ATTN_OUT -> "attention of layer " + layer;
            case MLP_OUT -> "MLP" + layer;
            case MLP_IN -> "the input of MLP" + layer;
            case MLP_PRE, MLP_POST -> "the neurons of MLP" + layer;
            case RESID_PRE -> "the stream before layer " + layer;
            case RESID_MID -> "the stream between attention and MLP of layer " + layer;
            case RESID_POST -> "the stream after layer " + layer;
        };
    }
}
