package app.headlight.web.panels;

import app.headlight.web.view.Parameter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The panels of a page, for the page itself and for views of it that are embedded elsewhere.
 *
 * @param <V> what they draw
 * @param <C> what they need of their page
 */
public record Catalogue<V, C>(List<PanelKind<V, C>> kinds) {

    public Catalogue {
        kinds = List.copyOf(kinds);
    }

    /** The parameter of an embedded view that names its panels: {@code part=ov,qk}; empty: the page chooses. */
    public Parameter<List<String>> part() {
        return Parameter.of(
                "part",
                List.of(),
                text -> Stream.of(text.split(","))
                        .map(name -> kind(name.strip()).name())
                        .distinct()
                        .toList(),
                names -> String.join(",", names),
                text -> "The address asks for the part “" + text + "”; the parts of this page are "
                        + kinds.stream().map(PanelKind::name).collect(Collectors.joining(", "))
                        + ". The usual ones are shown.");
    }

    /** Makes a panel by its name. */
    public Panel<V> make(String name, C page) {
        return kind(name).maker().apply(page);
    }

    /** @throws IllegalArgumentException if there is no panel of that name */
    public PanelKind<V, C> kind(String name) {
        return kinds.stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no panel “" + name + "”"));
    }
}
