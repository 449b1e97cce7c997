package app.headlight.web.api;

import app.headlight.services.findings.FindingsExport;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/**
 * Makes the description of bodies exact: a request has no other fields, and either a text or tokens; an answer has all
 * of its fields; an export has certain formats.
 */
@Component
class BodySchemas implements OpenApiCustomizer, Ordered {

    static final String FINDINGS_FILE = "FindingsFile";

    private static final String REFERENCE = "#/components/schemas/";
    private static final String TEXT = "text";
    private static final String TOKENS = "tokens";

    @Override
    public void customise(OpenAPI api) {
        api.getComponents().addSchemas(FINDINGS_FILE, findingsFile());
        Set<String> sent = new TreeSet<>(Set.of(FINDINGS_FILE));
        for (Operation operation : operations(api)) {
            if (operation.getRequestBody() != null) {
                sent.addAll(named(operation.getRequestBody().getContent()));
            }
            formats(operation);
        }
        within(api, sent);
        api.getComponents().getSchemas().forEach((name, body) -> {
            Schema<?> schema = body;
            if (schema.getProperties() == null) {
                return;
            }
            if (sent.contains(name)) {
                schema.setAdditionalProperties(false);
                either(schema);
            } else {
                schema.setRequired(
                        new ArrayList<>(new TreeSet<>(properties(schema).keySet())));
            }
        });
    }

    /** Adds what stands in what is sent. */
    private static void within(OpenAPI api, Set<String> sent) {
        List<String> open = new ArrayList<>(sent);
        while (!open.isEmpty()) {
            Schema<?> schema = api.getComponents().getSchemas().get(open.removeLast());
            if (schema == null || schema.getProperties() == null) {
                continue;
            }
            for (Schema<?> field : properties(schema).values()) {
                Schema<?> of = field.getItems() == null ? field : field.getItems();
                if (of.get$ref() != null && sent.add(of.get$ref().substring(REFERENCE.length()))) {
                    open.add(of.get$ref().substring(REFERENCE.length()));
                }
            }
        }
    }

    /** Before the problems are described, whose fields need not all be there. */
    @Override
    public int getOrder() {
        return 0;
    }

    private static List<Operation> operations(OpenAPI api) {
        return api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .toList();
    }

    private static Set<String> named(@Nullable Content content) {
        return content == null
                ? Set.of()
                : content.values().stream()
                        .map(body -> body.getSchema() == null
                                ? null
                                : body.getSchema().get$ref())
                        .filter(reference -> reference != null)
                        .map(reference -> reference.substring(REFERENCE.length()))
                        .collect(Collectors.toSet());
    }

    @SuppressWarnings("unchecked") // of texts
    private static void formats(Operation operation) {
        for (Parameter parameter :
                operation.getParameters() == null ? List.<Parameter>of() : operation.getParameters()) {
            if (parameter.getName().equals("format")) {
                parameter
                        .getSchema()
                        .setEnum(Arrays.stream(FindingsExport.Format.values())
                                .map(format -> format.name().toLowerCase(Locale.ROOT))
                                .toList());
            }
        }
    }

    private static void either(Schema<?> schema) {
        if (properties(schema).keySet().containsAll(Set.of(TEXT, TOKENS))) {
            Schema<?> tokens = properties(schema).get(TOKENS);
            tokens.description("The ids to run on, taken as they are.").minItems(1);
            tokens.getItems().minimum(BigDecimal.ZERO);
            properties(schema).get(TEXT).description("The sentence; or give its tokens.");
            schema.addOneOfItem(only(TEXT, "string", TOKENS));
            schema.addOneOfItem(only(TOKENS, "array", TEXT));
        }
    }

    private static Schema<?> only(String given, String type, String missing) {
        return new Schema<>()
                .addRequiredItem(given)
                .addProperty(given, new Schema<>().types(Set.of(type)))
                .addProperty(missing, new Schema<>().types(Set.of("null")));
    }

    private static Schema<?> findingsFile() {
        try (InputStream file = BodySchemas.class.getResourceAsStream("/findings-schema-1.json")) {
            return Json31.mapper().readValue(file, JsonSchema.class);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @SuppressWarnings("rawtypes")
    private static Map<String, Schema> properties(Schema<?> schema) {
        return schema.getProperties();
    }
}
