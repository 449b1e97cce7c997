package app.headlight.services.runs;

import app.headlight.services.models.Audience;
import app.headlight.services.models.ModelRef;
import app.headlight.services.models.OpenModel;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stored run of another model, without its activations.
 *
 * @param id eight characters, as in its address
 * @param name what people call it
 * @param model what is known of the model; empty if nothing
 * @param hash SHA-256 of its file, in hexadecimal
 * @param size of its file, in bytes
 * @param tokens how many
 * @param heads of each layer
 * @param causal whether no head looks at a token that comes later
 * @param hooks of which sites its file tells, such as {@code attn.hook_pattern}
 * @param unused what else its file has, of which nothing is shown
 * @param owner the account that added it; null if that was deleted
 * @param audience who may see it
 */
public record StoredRun(
        String id,
        String name,
        String model,
        String hash,
        long size,
        int tokens,
        int layers,
        int heads,
        boolean causal,
        List<String> hooks,
        List<String> unused,
        @Nullable Long owner,
        Audience audience,
        OffsetDateTime addedAt) {

    /** Of the page that shows it, and of its subject in findings. */
    public static final String PATH = "runs/";

    public StoredRun {
        hooks = List.copyOf(hooks);
        unused = List.copyOf(unused);
    }

    /** Its address, by which findings name it: no model has a name with a slash. */
    public String path() {
        return PATH + id;
    }

    /** What is measured of it is kept by this. */
    public ModelRef ref() {
        return new ModelRef(path(), hash, OpenModel.FINISHED);
    }
}
