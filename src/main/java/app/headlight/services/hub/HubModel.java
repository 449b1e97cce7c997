package app.headlight.services.hub;

import app.headlight.engine.formats.ConfigFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model on the hub that can be read, as far as its {@code config.json} says; its weights are not fetched yet.
 *
 * @param name its name on the hub, and the revision that was asked for
 * @param commit the commit that the revision means: 40 hexadecimal digits
 * @param licence as its page names it, such as {@code apache-2.0}; null if it names none
 * @param gated whether its owners let in only whom they know
 * @param config what is read, with warnings about what is ignored
 * @param files those to fetch
 */
public record HubModel(
        HubName name, String commit, @Nullable String licence, boolean gated, ConfigFile config, List<HubFile> files) {

    public HubModel {
        files = List.copyOf(files);
    }

    /** The size of all files together. */
    public long bytes() {
        return files.stream().mapToLong(HubFile::bytes).sum();
    }

    /** Whether it has a tokenizer; a model without one takes the numbers of tokens instead of a text. */
    public boolean hasTokenizer() {
        return files.stream().anyMatch(file -> file.name().equals(HubListing.TOKENIZER));
    }
}
