package app.headlight.web.api;

import app.headlight.services.findings.JsonAsWritten;
import org.springframework.boot.jackson.autoconfigure.JsonFactoryBuilderCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.StreamReadFeature;

/** Makes the reading of bodies strict: values are not converted, and no field may stand twice. */
@Configuration
class StrictJson {

    @Bean
    JsonFactoryBuilderCustomizer noFieldTwice() {
        return factory -> factory.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
    }

    @Bean
    JsonMapperBuilderCustomizer asWritten() {
        return JsonAsWritten::in;
    }
}
