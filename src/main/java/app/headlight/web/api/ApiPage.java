package app.headlight.web.api;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The page {@code /api}, which describes REST by OpenAPI and lets one try it. */
@Configuration
class ApiPage {

    @Bean
    OpenAPI description() {
        return new OpenAPI()
                .info(new Info()
                        .title("Headlight")
                        .version("v1")
                        .description("Small transformers taken apart. Errors are problem details (RFC 9457). Reading is"
                                + " open where the instance is; the rest needs an access token, made on the page of your"
                                + " account."))
                .components(new Components()
                        .addSecuritySchemes(
                                ApiDescription.TOKEN,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")));
    }

    @Controller
    static class Entrance {

        @GetMapping({"/api", "/api/"})
        String open() {
            return "redirect:/api/page";
        }
    }
}
