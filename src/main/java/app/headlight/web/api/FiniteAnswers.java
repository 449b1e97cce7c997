package app.headlight.web.api;

import app.headlight.engine.tensor.UncomputableException;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.JsonGeneratorDelegate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/** Keeps numbers that are not finite out of answers: what cannot be computed is answered with 422 and the reason. */
@Order(Ordered.HIGHEST_PRECEDENCE)
@RestControllerAdvice(basePackageClasses = FiniteAnswers.class)
class FiniteAnswers implements ResponseBodyAdvice<Object> {

    private final JsonMapper mapper;

    FiniteAnswers(JsonMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public boolean supports(MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
        return JacksonJsonHttpMessageConverter.class.isAssignableFrom(converter);
    }

    /** The answer as JSON, which is complete before its first byte is sent. */
    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter returned,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (body == null || body instanceof ProblemDetail) {
            return body;
        }
        StringWriter written = new StringWriter();
        try (FiniteGenerator json = new FiniteGenerator(mapper.createGenerator(written))) {
            mapper.writeValue(json, body);
        } catch (JacksonException failed) {
            if (failed.getCause() instanceof UncomputableException uncomputable) {
                throw uncomputable;
            }
            throw failed;
        }
        return new RawValue(written.toString());
    }

    /** Refuses what is not finite, with the name of its field. */
    private static final class FiniteGenerator extends JsonGeneratorDelegate {

        FiniteGenerator(JsonGenerator to) {
            super(to);
        }

        @Override
        public JsonGenerator writeNumber(double number) {
            refuse(Double.isFinite(number));
            return super.writeNumber(number);
        }

        @Override
        public JsonGenerator writeNumber(float number) {
            refuse(Float.isFinite(number));
            return super.writeNumber(number);
        }

        @Override
        public JsonGenerator writeArray(double[] numbers, int offset, int length) {
            writeStartArray(numbers, length);
            for (int i = offset; i < offset + length; i++) {
                writeNumber(numbers[i]);
            }
            return writeEndArray();
        }

        private void refuse(boolean finite) {
            if (!finite) {
                throw new UncomputableException("“" + streamWriteContext().pathAsPointer()
                        + "” of the answer is not finite: the model's numbers are too large for float32.");
            }
        }
    }
}
