package app.headlight.services.models;

import app.headlight.engine.formats.ConfigFile;
import app.headlight.engine.formats.Folding;
import app.headlight.engine.transformer.Config;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A stored model without its weights.
 *
 * @param id its row
 * @param name unique among the stored models
 * @param hash SHA-256 over its files, in hexadecimal: which distinguishes two versions of a model
 * @param file its {@code config.json}
 * @param found the warnings that were found when it was checked, for {@link #warnings()}
 * @param card what people should know about it, in Markdown
 * @param folding how its weights are folded when they are read
 * @param inFolder whether its weights are in folders of the servers, too large for the database
 * @param uploaded whether somebody added it by the page or by REST
 * @param owner the account that added it; null for a model of a folder, or if that account was deleted
 * @param audience who may see it
 */
public record StoredModel(
        long id,
        String name,
        String hash,
        ConfigFile file,
        List<String> found,
        @Nullable String card,
        Set<Folding.Step> folding,
        boolean inFolder,
        boolean uploaded,
        @Nullable Long owner,
        Audience audience) {

    public StoredModel {
        found = List.copyOf(found);
        folding = Collections.unmodifiableSet(new TreeSet<>(folding));
    }

    /** Its sizes and kinds, as they are computed with. */
    public Config config() {
        return Folding.folded(file.config(), folding);
    }

    /** The warnings, as sentences for people. */
    public List<String> warnings() {
        return Stream.concat(file.warnings().stream(), found.stream()).toList();
    }
}
