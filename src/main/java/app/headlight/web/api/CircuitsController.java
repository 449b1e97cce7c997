package app.headlight.web.api;

import app.headlight.library.OpenModel;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/models/{name}/circuits}: what the weights alone say of every head, computed once a model. */
@RestController
class CircuitsController {

    private final AskedModel asked;
    private final Cache<String, CircuitsAnswer> byModel =
            Caffeine.newBuilder().maximumSize(200).build();

    CircuitsController(AskedModel asked) {
        this.asked = asked;
    }

    @GetMapping(path = "/api/v1/models/{name}/circuits", produces = MediaType.APPLICATION_JSON_VALUE)
    CircuitsAnswer circuits(@PathVariable String name) {
        OpenModel model = asked.open(name);
        return byModel.get(model.key(), key -> CircuitsAnswer.of(model.transformer()));
    }
}
