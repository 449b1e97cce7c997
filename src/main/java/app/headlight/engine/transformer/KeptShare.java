package app.headlight.engine.transformer;

import app.headlight.engine.transformer.Site.Kind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which share of what is written to the residual stream is still there in a run with edits: 0 where an edit puts
 * something else in its place, the factor of an edit that scales, else 1. What an edit adds or removes along a direction
 * is no part of any writer, so it changes no share.
 */
public final class KeptShare {

    private static final Set<Kind> OF_HEAD = EnumSet.of(Kind.Z, Kind.RESULT);
    private static final Set<Kind> OF_STREAM = EnumSet.of(Kind.RESID_PRE, Kind.RESID_MID, Kind.RESID_POST);

    private KeptShare() {}

    /** Of what the lines of a head bring to each destination, what is in the head's output, [T]. */
    public static float[] ofLines(Run run, HeadId head) {
        float[] kept = ones(run);
        for (Edit edit : run.edits()) {
            Site site = edit.site();
            if (OF_HEAD.contains(site.kind()) && site.layer() == head.layer() && site.head() == head.head()) {
                multiply(kept, edit);
            }
        }
        return kept;
    }

    /** Of the output of a head at each position, what reaches the unembedding through the stream alone, [T]. */
    public static float[] ofAttention(Run run, int layer) {
        return reaching(run, layer, Kind.ATTN_OUT);
    }

    /** The same of what the MLP of a layer writes. */
    public static float[] ofMlp(Run run, int layer) {
        return reaching(run, layer, Kind.MLP_OUT);
    }

    /** The same of the stream before the first layer. */
    public static float[] ofEmbedding(Run run) {
        return reaching(run, 0, Kind.RESID_PRE);
    }

    /** What edits of a site, and of all that comes after it in the stream, leave. */
    private static float[] reaching(Run run, int layer, Kind from) {
        float[] kept = ones(run);
        for (Edit edit : run.edits()) {
            Site site = edit.site();
            boolean own = from == Kind.ATTN_OUT && site.kind() == Kind.ATTN_OUT && site.layer() == layer;
            boolean later = site.kind() == Kind.FINAL_NORM
                    || OF_STREAM.contains(site.kind())
                            && (site.layer() > layer
                                    || site.layer() == layer && site.kind().ordinal() > from.ordinal());
            if (own || later) {
                multiply(kept, edit);
            }
        }
        return kept;
    }

    private static float[] ones(Run run) {
        float[] ones = new float[run.length()];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static void multiply(float[] kept, Edit edit) {
        float share = switch (edit) {
            case Edit.Zero zero -> 0;
            case Edit.Mean mean -> 0;
            case Edit.Patch patch -> 0;
            case Edit.Scale scale -> scale.by();
            default -> 1;
        };
        for (int t = 0; t < kept.length; t++) {
            if (edit.at().includes(t)) {
                kept[t] *= share;
            }
        }
    }
}
