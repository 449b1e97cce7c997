package app.headlight.web.circuits;

import app.headlight.library.ModelLibrary;
import app.headlight.library.OpenModel;
import app.headlight.library.StoredModel;
import app.headlight.transformer.HeadId;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Opens the model that an address asks for and computes its circuits, once a model, whoever asks. */
@Service
class Inspector {

    private static final String FIRST_MODEL = "storybook-2l";

    private final ModelLibrary library;
    private final Cache<String, ModelCircuits> circuits =
            Caffeine.newBuilder().maximumSize(50).build();

    Inspector(ModelLibrary library) {
        this.library = library;
    }

    List<StoredModel> models() {
        return library.models();
    }

    /** Empty where no model is stored at all. */
    Optional<Inspection> open(CircuitsState asked) {
        List<String> notices = new ArrayList<>();
        return model(asked, notices).map(model -> {
            ModelCircuits known = circuits.get(model.key(), key -> ModelCircuits.of(model.transformer()));
            HeadId head = head(asked.head(), model, known, notices);
            CircuitsState fitted = new CircuitsState(
                    model.name(),
                    model.step(),
                    head == null ? "" : head.toString(),
                    asked.edge(),
                    asked.tokenId() < model.config().dVocab() ? asked.token() : "",
                    asked.role(),
                    asked.find());
            return new Inspection(
                    model, known, head, library.training(model.stored()).orElse(null), fitted, notices);
        });
    }

    private Optional<OpenModel> model(CircuitsState asked, List<String> notices) {
        Optional<OpenModel> model = library.open(asked.model(), asked.step());
        if (model.isPresent()) {
            return model;
        }
        Optional<OpenModel> usual = library.open(asked.model())
                .or(() -> library.open(FIRST_MODEL))
                .or(() -> library.models().stream().findFirst().flatMap(first -> library.open(first.name())));
        if (!asked.model().isEmpty()) {
            usual.ifPresent(shown ->
                    notices.add("What the address asks for is not stored here; " + shown.name() + " is shown."));
        }
        return usual;
    }

    private static @Nullable HeadId head(String asked, OpenModel model, ModelCircuits known, List<String> notices) {
        List<HeadId> heads = model.transformer().heads();
        Optional<HeadId> given =
                heads.stream().filter(head -> head.toString().equals(asked)).findFirst();
        if (given.isEmpty() && !asked.isEmpty()) {
            notices.add(model.name() + " has no such head as the address asks for.");
        }
        return given.or(() -> known.detectors().entrySet().stream()
                        .max(Comparator.comparingDouble(
                                entry -> entry.getValue().induction()))
                        .map(Map.Entry::getKey))
                .or(() -> heads.stream().findFirst())
                .orElse(null);
    }
}
