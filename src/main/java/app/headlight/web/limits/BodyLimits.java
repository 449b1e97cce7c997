package app.headlight.web.limits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.services.models.TrainingLimits;
import app.headlight.services.models.UploadLimits;
import app.headlight.services.runs.RunLimits;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** Installs the {@link BodyLimit} before all other filters. */
@Component
class BodyLimits implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    /** The bytes of a form around its file. */
    private static final int AROUND_A_FILE = 1 << 20;

    private final DataSize most;
    private final UploadLimits uploads;
    private final RunLimits runs;

    BodyLimits(@Value("${headlight.max-body}") DataSize most, UploadLimits uploads, RunLimits runs) {
        this.uploads = uploads;
        this.runs = runs;
        if (most.toBytes() < 1) {
            throw new Refusal("headlight.max-body is " + most + "; expected at least 1B");
        }
        this.most = most;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addEngineValves(new BodyLimit(
                most.toBytes(),
                TrainingLimits.TEXT_BYTES + AROUND_A_FILE,
                uploads.bytes() + AROUND_A_FILE,
                runs.bytes() + AROUND_A_FILE));
    }
}
