package app.headlight.services.lessons;

import app.headlight.engine.refusal.Refusal;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.Prompt;
import app.headlight.services.models.StoredModel;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** Finds the models that lessons are about, among those that whoever asks may see. */
@Service
public class LessonModels {

    /** Stands for a language model: one with MLPs, and with more tokens than a model of a few books has. */
    static final String LANGUAGE = "language";

    /** Stands for a model with MLPs. */
    static final String MLPS = "mlps";

    /** Stands for the model that opens first. */
    static final String ANY = "any";

    private static final int TOKENS_OF_A_LANGUAGE = 10_000;

    private static final String ENGLISH = "The king gave his sword to the queen.";

    private final ModelLibrary library;

    LessonModels(ModelLibrary library) {
        this.library = library;
    }

    /** The first of the named models that is stored; of a kind, the smallest. Without names, the one that opens first. */
    public Optional<OpenModel> open(List<String> names) {
        return names.isEmpty()
                ? library.first()
                : names.stream().map(this::open).flatMap(Optional::stream).findFirst();
    }

    private Optional<OpenModel> open(String name) {
        return switch (name) {
            case LANGUAGE ->
                smallest(model -> model.config().mlp() != null && model.config().dVocab() >= TOKENS_OF_A_LANGUAGE);
            case MLPS -> smallest(model -> model.config().mlp() != null);
            case ANY -> library.first();
            default -> library.open(name);
        };
    }

    /** Of those that read English: a model of numbers, or one without a tokenizer, cannot show what a lesson says. */
    private Optional<OpenModel> smallest(Predicate<StoredModel> kind) {
        return library.models().stream()
                .filter(kind)
                .sorted(Comparator.comparingLong(
                        (StoredModel model) -> (long) model.config().nLayers()
                                * model.config().dModel()
                                * model.config().dModel()))
                .flatMap(model -> library.open(model.name()).stream())
                .filter(LessonModels::readsEnglish)
                .findFirst();
    }

    private static boolean readsEnglish(OpenModel model) {
        try {
            Prompt prompt = model.prompt(ENGLISH);
            return !prompt.isEmpty() && prompt.unknown().isEmpty();
        } catch (Refusal unreadable) {
            return false;
        }
    }

    /** Those of the named models that are stored, by name. */
    public Map<String, OpenModel> others(Stream<String> names) {
        Map<String, OpenModel> found = new LinkedHashMap<>();
        names.distinct().forEach(name -> library.open(name).ifPresent(model -> found.put(name, model)));
        return found;
    }
}
