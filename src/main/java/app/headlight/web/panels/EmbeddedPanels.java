package app.headlight.web.panels;

import app.headlight.services.models.StoredModel;
import app.headlight.web.page.MissingModel;
import app.headlight.web.page.ModelWarnings;
import app.headlight.web.view.EmbedAddress;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Panels of a page that are embedded in another page, under what is to be said about their model. A panel is made when it
 * is first shown.
 *
 * @param <V> what they draw
 * @param <C> what they need of their page
 */
public abstract class EmbeddedPanels<V, C> extends Div implements EmbeddablePage.Embedded {

    private final transient Catalogue<V, C> catalogue;
    private final ModelWarnings warnings = new ModelWarnings();
    private final Div notices = new Div();
    private final MissingModel missing = new MissingModel();
    private final transient Map<String, Panel<V>> made = new LinkedHashMap<>();
    private transient List<Panel<V>> chosen = List.of();

    protected EmbeddedPanels(Catalogue<V, C> catalogue) {
        this.catalogue = catalogue;
        addClassName("hl-embedded");
        notices.addClassName("hl-notices");
        notices.getElement().setAttribute("role", "status");
        add(missing, warnings, notices);
    }

    @Override
    public final Component component() {
        return this;
    }

    /** What the panels need. */
    protected abstract C page();

    /**
     * Puts panels in the place of those that are shown.
     *
     * @param parameters of the address, which may name them
     * @param usual those that are shown if it does not
     * @return what is to be said of it
     */
    protected final List<String> choose(Map<String, String> parameters, List<String> usual) {
        List<String> said = new ArrayList<>();
        List<String> named = catalogue.part().in(parameters, said::add);
        List<Panel<V>> wanted = (named.isEmpty() ? usual : named)
                .stream()
                        .map(name -> made.computeIfAbsent(name, any -> catalogue.make(name, page())))
                        .toList();
        // What is shown already is not removed, or its pictures would be drawn again.
        if (!wanted.equals(chosen)) {
            chosen.forEach(panel -> remove(panel.component()));
            wanted.forEach(panel -> add(panel.component()));
            chosen = wanted;
        }
        return said;
    }

    /** Draws what has been computed of a model. */
    protected final void draw(V computed) {
        chosen.forEach(panel -> panel.show(computed));
    }

    /** Says what there is to say about a model, and no longer what was said before. */
    protected final void begin(StoredModel model, List<String> said) {
        begin(said);
        warnings.show(model);
    }

    /** Says what there is to say, and no longer what was said before. */
    protected final void begin(List<String> said) {
        missing.setVisible(false);
        setClassName("hl-missing", false);
        notices.removeAll();
        said.forEach(this::notice);
    }

    /** Says that a model is not stored. */
    protected final void missing(String path, String name, List<StoredModel> stored) {
        notices.removeAll();
        setClassName("hl-missing", true);
        missing.show(name, stored, other -> EmbedAddress.ofModel(path, other));
    }

    /** Says that something else than a model is not there. */
    protected final void missing(String heading, String words) {
        notices.removeAll();
        setClassName("hl-missing", true);
        missing.say(heading, words);
    }

    /** Says one thing more. */
    protected final void notice(String text) {
        Paragraph notice = new Paragraph(text);
        notice.addClassName("hl-notice");
        notices.add(notice);
    }
}
