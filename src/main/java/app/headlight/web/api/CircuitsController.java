package app.headlight.web.api;

import app.headlight.services.lab.Laboratory;
import app.headlight.services.lab.Measurement;
import app.headlight.services.models.OpenModel;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Answers {@code /api/v1/models/{name}/circuits}: the circuits of every head, from the weights only. */
@RestController
class CircuitsController {

    private final AskedModel asked;
    private final Laboratory lab;

    CircuitsController(AskedModel asked, Laboratory lab) {
        this.asked = asked;
        this.lab = lab;
    }

    @GetMapping(path = "/api/v1/models/{name}/circuits", produces = MediaType.APPLICATION_JSON_VALUE)
    CircuitsAnswer circuits(@PathVariable String name) {
        OpenModel model = asked.open(name);
        return lab.get(Measurement.slow(
                model.ref(), "circuits answer", List.of(), progress -> CircuitsAnswer.of(model.transformer())));
    }
}
