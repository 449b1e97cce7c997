package app.headlight.web.explore;

import app.headlight.library.OpenModel;
import app.headlight.residual.Bandwidth;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.springframework.stereotype.Component;

/** How the heads of each model share out its stream, measured once a model, whoever asks. */
@Component
class Bandwidths {

    private final Cache<String, Bandwidth> byModel =
            Caffeine.newBuilder().maximumSize(50).build();

    Bandwidth of(OpenModel model) {
        return byModel.get(model.key(), key -> Bandwidth.of(model.transformer()));
    }
}
