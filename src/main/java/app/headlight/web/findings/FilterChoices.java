package app.headlight.web.findings;

import app.headlight.engine.transformer.HeadId;
import app.headlight.services.findings.Author;
import app.headlight.services.findings.FindingSearch;
import app.headlight.services.findings.Kinds;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.StoredModel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** The choices of the filters, and the kinds that a new finding can have. */
@Component
class FilterChoices {

    /** Of a larger model the head is typed, not picked. */
    private static final int MOST_HEADS = 400;

    private final FindingSearch search;
    private final ModelLibrary library;

    FilterChoices(FindingSearch search, ModelLibrary library) {
        this.search = search;
        this.library = library;
    }

    List<String> models() {
        return library.models().stream().map(StoredModel::name).toList();
    }

    /** The heads of a stored model; none if it is not stored. */
    List<String> heads(String model) {
        List<String> heads = new ArrayList<>();
        library.models().stream()
                .filter(stored -> stored.name().equals(model))
                .map(StoredModel::config)
                .filter(config -> config.nLayers() * config.nHeads() <= MOST_HEADS)
                .forEach(config -> {
                    for (int l = 0; l < config.nLayers(); l++) {
                        for (int h = 0; h < config.nHeads(); h++) {
                            heads.add(new HeadId(l, h).toString());
                        }
                    }
                });
        return heads;
    }

    /** Those in use. */
    List<String> kinds() {
        return search.kinds();
    }

    /** Those of the field, and what others wrote in their place. */
    List<String> kindsToGive() {
        Set<String> kinds = new LinkedHashSet<>(Kinds.KNOWN);
        try {
            kinds.addAll(search.kinds());
        } catch (DataAccessException | TransactionException gone) {
            // Those of the field will do.
        }
        return List.copyOf(kinds);
    }

    List<String> tags() {
        return search.tags();
    }

    List<Author> authors() {
        return search.authors();
    }
}
