package app.headlight.web.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Checks the queries of REST: only known parameters, each once, and no empty numbers. */
@Configuration
class KnownParameters implements WebMvcConfigurer, HandlerInterceptor {

    private static final int SHOWN = 60;

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns(ApiSecurity.PATH);
    }

    /** @throws Problem with status 400 that names the parameter, its value and those that are known */
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            Map<String, Parameter> known = known(method);
            request.getParameterMap().forEach((name, values) -> check(name, values, known));
        }
        return true;
    }

    private static Map<String, Parameter> known(HandlerMethod method) {
        Map<String, Parameter> known = new LinkedHashMap<>();
        Arrays.stream(method.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(RequestParam.class))
                .map(MethodParameter::getParameter)
                .forEach(parameter -> known.put(parameter.getName(), parameter));
        return known;
    }

    private static void check(String name, String[] values, Map<String, Parameter> known) {
        Parameter parameter = known.get(name);
        if (parameter == null) {
            throw Problem.bad(
                    "Cannot be read",
                    "There is no parameter “" + shortened(name) + "” here (given as “" + shortened(values[0]) + "”); "
                            + (known.isEmpty()
                                    ? "this address takes none."
                                    : "known are " + String.join(", ", known.keySet()) + "."));
        }
        if (values.length > 1) {
            throw Problem.bad(
                    "Cannot be read",
                    "“" + name + "” is given " + values.length + " times, as “" + shortened(values[0]) + "” and “"
                            + shortened(values[1]) + "”; expected once.");
        }
        if (values[0].isEmpty() && !mayBeEmpty(parameter)) {
            throw Problem.bad("Cannot be read", "“" + name + "” is “”; give it a value, or leave it out.");
        }
    }

    /** Spring takes an empty value for a missing one, except for a text without a default value. */
    private static boolean mayBeEmpty(Parameter parameter) {
        return parameter.getType() == String.class
                && parameter.getAnnotation(RequestParam.class).defaultValue().equals(ValueConstants.DEFAULT_NONE);
    }

    static String shortened(String given) {
        return given.length() <= SHOWN ? given : given.substring(0, SHOWN) + "…";
    }
}
