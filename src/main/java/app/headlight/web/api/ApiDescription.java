package app.headlight.web.api;

import app.headlight.ground.people.Settings;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.util.List;
import java.util.Set;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.stereotype.Component;

/** Adds to the description what holds for every address: who may ask, and the problems in answers. */
@Component
class ApiDescription implements OpenApiCustomizer {

    /** The name of an access token in the description. */
    static final String TOKEN = "access token";

    private static final String PROBLEM = "Problem";
    private static final String FINDINGS = "/api/v1/findings";
    private static final Set<String> FILES = Set.of("/api/v1/models", "/api/v1/runs");

    private final boolean isPrivate;

    ApiDescription(Settings settings) {
        isPrivate = settings.isPrivate();
    }

    @Override
    public void customise(OpenAPI api) {
        api.getComponents().addSchemas(PROBLEM, problem());
        api.getPaths()
                .forEach((path, item) ->
                        item.readOperationsMap().forEach((method, operation) -> describe(path, method, operation)));
    }

    private void describe(String path, HttpMethod method, Operation operation) {
        boolean writes = method != HttpMethod.GET
                && (path.startsWith(FINDINGS) || FILES.contains(path) || method == HttpMethod.DELETE);
        operation.setSecurity(
                writes || isPrivate
                        ? List.of(new SecurityRequirement().addList(TOKEN))
                        : List.of(new SecurityRequirement(), new SecurityRequirement().addList(TOKEN)));
        answers(operation, "400", "What was sent cannot be read, computed or stored");
        answers(operation, "401", "The access token is unknown here" + (writes || isPrivate ? ", or missing" : ""));
        if (writes) {
            answers(operation, "403", "This account may not do that");
        }
        if (path.contains("{")) {
            answers(operation, "404", "There is nothing of that name or number");
        }
        if (method == HttpMethod.PUT && path.equals(FINDINGS + "/{id}")) {
            answers(operation, "409", "Someone has stored another version since, which is “theirs”");
        }
        answers(operation, "406", "Not available in a form that was asked for");
        if (operation.getRequestBody() != null) {
            answers(operation, "413", "The body is too large");
            answers(operation, "415", "The body is of another type");
        }
        answers(operation, "429", "More requests a minute than are allowed");
        operation
                .getResponses()
                .get("429")
                .addHeaderObject(
                        "Retry-After", new Header().description("In seconds").schema(new IntegerSchema()));
        answers(operation, "default", "Any other problem");
    }

    private static void answers(Operation operation, String status, String meaning) {
        operation
                .getResponses()
                .addApiResponse(
                        status,
                        new ApiResponse()
                                .description(meaning)
                                .content(new Content()
                                        .addMediaType(
                                                org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                                                new MediaType()
                                                        .schema(new Schema<>()
                                                                .$ref("#/components/schemas/" + PROBLEM)))));
    }

    /** Problem details of RFC 9457, as this server fills them. */
    private static Schema<?> problem() {
        return new ObjectSchema()
                .description("Problem details (RFC 9457)")
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema())
                .addProperty("instance", new StringSchema())
                .required(List.of("title", "status", "detail"));
    }
}
