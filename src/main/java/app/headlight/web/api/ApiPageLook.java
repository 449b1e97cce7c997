package app.headlight.web.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springdoc.core.properties.SwaggerUiConfigProperties;
import org.springdoc.core.properties.SwaggerUiOAuthProperties;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.webmvc.ui.SwaggerIndexPageTransformer;
import org.springdoc.webmvc.ui.SwaggerWelcomeCommon;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.resource.ResourceTransformerChain;
import org.springframework.web.servlet.resource.TransformedResource;

/** Gives the page that describes REST the colours of the program, light or dark as chosen on the other pages. */
@Component
class ApiPageLook extends SwaggerIndexPageTransformer {

    private static final String LOOK = """
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <link rel="stylesheet" href="../../api-page/look.css">
            <script src="../../api-page/dark.js"></script>
            </head>""";

    ApiPageLook(
            SwaggerUiConfigProperties config,
            SwaggerUiOAuthProperties oauth,
            SwaggerWelcomeCommon welcome,
            ObjectMapperProvider mapper) {
        super(config, oauth, welcome, mapper);
    }

    @Override
    public Resource transform(HttpServletRequest request, Resource resource, ResourceTransformerChain chain)
            throws IOException {
        Resource page = super.transform(request, resource, chain);
        if (!"index.html".equals(resource.getFilename())) {
            return page;
        }
        String html = page.getContentAsString(StandardCharsets.UTF_8)
                .replace("<html", "<html lang=\"en\"")
                .replace("</head>", LOOK);
        return new TransformedResource(page, html.getBytes(StandardCharsets.UTF_8));
    }
}
