package app.headlight.engine.formats;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.Site.Kind;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of TransformerLens's hooks, as tensors of a file have them. */
final class HookNames {

    private static final Pattern OF_LAYER = Pattern.compile("blocks\\.(\\d{1,4})\\.(.+)");

    /** Those of its versions 1 to 3 that are no {@link Kind}: known, and of no picture here. */
    private static final Set<String> OTHERS = Set.of(
            "hook_embed",
            "hook_pos_embed",
            "hook_token_type_embed",
            "hook_full_embed",
            "hook_tokens",
            "embed.hook_embed",
            "embed.hook_pos_embed",
            "embed.hook_token_type_embed",
            "embed.ln.hook_scale",
            "embed.ln.hook_normalized",
            "ln_final.hook_scale",
            "ln_final.hook_normalized",
            "mlm_head.ln.hook_scale",
            "mlm_head.ln.hook_normalized");

    private static final Set<String> OTHERS_OF_LAYERS = Set.of(
            "hook_attn_in",
            "hook_q_input",
            "hook_k_input",
            "hook_v_input",
            "hook_normalized_resid_post",
            "ln1.hook_scale",
            "ln1.hook_normalized",
            "ln1_post.hook_scale",
            "ln1_post.hook_normalized",
            "ln2.hook_scale",
            "ln2.hook_normalized",
            "ln2_post.hook_scale",
            "ln2_post.hook_normalized",
            "attn.hook_rot_q",
            "attn.hook_rot_k",
            "mlp.hook_pre_linear",
            "mlp.hook_mid",
            "mlp.ln.hook_scale",
            "mlp.ln.hook_normalized");

    private HookNames() {}

    /**
     * The site that a name stands for; empty for a hook of TransformerLens that is none here.
     *
     * @throws Refusal if it is no hook of TransformerLens's
     */
    static Optional<Site> site(String name) {
        Matcher ofLayer = OF_LAYER.matcher(name);
        boolean layered = ofLayer.matches();
        Optional<Site> site = Kind.named(layered ? ofLayer.group(2) : name)
                .map(kind -> layered ? Site.of(kind, Integer.parseInt(ofLayer.group(1))) : Site.of(kind))
                .filter(found -> found.hook().equals(name)); // not under a short name, nor with a layer it has not
        boolean known = layered ? OTHERS_OF_LAYERS.contains(ofLayer.group(2)) : OTHERS.contains(name);
        if (site.isEmpty() && !known) {
            throw new Refusal("“" + name + "” is not the name of a hook of TransformerLens; expected names like"
                    + " blocks.0.attn.hook_pattern");
        }
        return site;
    }

    /** {@code attn.hook_z} of {@code blocks.3.attn.hook_z}. */
    static String withoutLayer(String name) {
        return OF_LAYER.matcher(name).replaceFirst("$2");
    }
}
