package app.headlight.services.search;

import app.headlight.engine.circuits.Edge;
import app.headlight.engine.circuits.EdgeEffects;
import app.headlight.engine.transformer.Config;
import app.headlight.services.search.CircuitSearch.Ends;
import app.headlight.services.search.CircuitSearch.Method;
import app.headlight.services.search.CircuitSearch.Results;
import app.headlight.services.search.SearchResult.Half;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What a search on pairs of sentences found, as it is stored. */
final class FoundText {

    private static final JsonMapper JSON = JsonMapper.shared();

    private FoundText() {}

    /**
     * What one way found.
     *
     * @param effects of all edges in the order of {@link Edge#all}: the bytes of doubles, the least significant first, in
     *     Base64; null where edges were drawn at random
     */
    private record OfWay(
            @Nullable String effects, Half found, @Nullable Half heldOut) {

        static OfWay of(SearchResult result) {
            return new OfWay(
                    result.effects() == null ? null : written(result.effects()), result.found(), result.heldOut());
        }

        SearchResult read(Config config) {
            return new SearchResult(effects == null ? null : effectsOf(effects, config), found, heldOut);
        }
    }

    private record Whole(List<Ends> ends, Map<Method, OfWay> by, OfWay random) {}

    static String of(Results results) {
        Map<Method, OfWay> by = new EnumMap<>(Method.class);
        results.by().forEach((method, result) -> by.put(method, OfWay.of(result)));
        return JSON.writeValueAsString(new Whole(results.ends(), by, OfWay.of(results.random())));
    }

    static String of(SearchResult result) {
        return JSON.writeValueAsString(OfWay.of(result));
    }

    static Results results(String text, Config config) {
        Whole whole = JSON.readValue(text, Whole.class);
        Map<Method, SearchResult> by = new EnumMap<>(Method.class);
        whole.by().forEach((method, result) -> by.put(method, result.read(config)));
        return new Results(
                List.copyOf(whole.ends()),
                Collections.unmodifiableMap(by),
                whole.random().read(config));
    }

    static SearchResult result(String text, Config config) {
        return JSON.readValue(text, OfWay.class).read(config);
    }

    private static String written(EdgeEffects effects) {
        ByteBuffer bytes =
                ByteBuffer.allocate(effects.of().size() * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        effects.of().values().forEach(bytes::putDouble);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static EdgeEffects effectsOf(String text, Config config) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text)).order(ByteOrder.LITTLE_ENDIAN);
        Map<Edge, Double> effects = new LinkedHashMap<>();
        Edge.all(config).forEach(edge -> effects.put(edge, bytes.getDouble()));
        return new EdgeEffects(effects);
    }
}
