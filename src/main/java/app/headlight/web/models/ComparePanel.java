package app.headlight.web.models;

import app.headlight.engine.residual.EmbeddingComparison.Space;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.StoredModel;
import app.headlight.web.component.Forms;
import app.headlight.web.component.RankedTokens;
import app.headlight.web.component.Segmented;
import app.headlight.web.component.Segmented.Choice;
import app.headlight.web.component.Term;
import app.headlight.web.models.CompareState.Order;
import app.headlight.web.models.EmbeddingLists.Shown;
import app.headlight.web.page.LongWork;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The panel of embeddings: which tokens a model places near each other, and which tokens two models place differently. */
class ComparePanel extends Div {

    private static final String ALONE = "";

    private final Consumer<UnaryOperator<CompareState>> change;
    private final EmbeddingLists embeddings;
    private final Select<String> first = new Select<>();
    private final Select<String> second = new Select<>();
    private final Segmented space = new Segmented(
            "Where neighbours are looked for",
            List.of(
                    new Choice("embedding", "embedding", "What the models read: rows of W_E"),
                    new Choice("unembedding", "unembedding", "What the models predict: columns of W_U")));
    private final Segmented order = new Segmented(
            "Which tokens come first",
            List.of(
                    new Choice("most", "most changed", "Tokens with the fewest common neighbours first"),
                    new Choice("least", "least changed", "Tokens with the most common neighbours first")));
    private final TextField token = new TextField();
    private final Paragraph words = new Paragraph();
    private final LongWork work = new LongWork();
    private final RankedTokens changes =
            new RankedTokens().searchable().unsigned().upTo(1);
    private final RankedTokens one = new RankedTokens().unsigned().upTo(1);
    private final RankedTokens other = new RankedTokens().unsigned().upTo(1);
    private final Div lists = new Div(changes, one, other);

    private transient CompareState state = CompareState.FIRST;

    ComparePanel(EmbeddingLists embeddings, ModelLibrary library, Consumer<UnaryOperator<CompareState>> change) {
        this.embeddings = embeddings;
        this.change = change;
        setId("embeddings");
        addClassNames("hl-panel", "hl-compare");
        List<String> names = library.models().stream().map(StoredModel::name).toList();
        first.setAriaLabel("Model");
        first.setId("compare-first");
        first.setItems(names);
        second.setAriaLabel("Compared with");
        second.setId("compare-second");
        List<String> others = new ArrayList<>(List.of(ALONE));
        others.addAll(names);
        second.setItems(others);
        second.setItemLabelGenerator(name -> name.equals(ALONE) ? "by itself" : "and " + name);
        first.addValueChangeListener(event -> {
            if (event.isFromClient() && event.getValue() != null) {
                change.accept(now -> now.withModels(event.getValue(), now.second()));
            }
        });
        second.addValueChangeListener(event -> {
            if (event.isFromClient() && event.getValue() != null) {
                change.accept(now -> now.withModels(now.first(), event.getValue()));
            }
        });
        space.addChoiceListener(event ->
                change.accept(now -> now.withSpace(Space.valueOf(event.value().toUpperCase(Locale.ROOT)))));
        order.addChoiceListener(event ->
                change.accept(now -> now.withOrder(Order.valueOf(event.value().toUpperCase(Locale.ROOT)))));
        token.setId("compare-token");
        Forms.sendsItself(token);
        token.setAriaLabel("Token");
        token.setPlaceholder("a token");
        token.setPrefixComponent(new Span("token"));
        token.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                change.accept(now -> now.withToken(event.getValue()));
            }
        });
        space.setId("embeddings-space");
        order.setId("embeddings-order");
        words.setId("compare-words");
        words.addClassName("hl-muted");
        changes.setId("compare-changes");
        one.setId("compare-one");
        other.setId("compare-other");
        changes.addSearchListener(event -> change.accept(now -> now.withFind(event.query())));
        changes.addTokenPickListener(
                event -> change.accept(now -> now.withToken(embeddings.labelInFirst(now, event.id()))));
        one.addTokenPickListener(
                event -> change.accept(now -> now.withToken(embeddings.labelInFirst(now, event.id()))));
        other.addTokenPickListener(
                event -> change.accept(now -> now.withToken(embeddings.labelInOther(now, event.id()))));
        work.onCancel(() -> change.accept(now -> now.withModels(now.first(), ALONE)));
        lists.addClassName("hl-compare-lists");
        Div controls = new Div(new H2(new Term("embedding", "Embeddings")), first, second, token, space, order);
        controls.addClassName("hl-compare-controls");
        add(controls, words, work, lists);
    }

    /** Draws a state that fits the stored models, and says what it chose. */
    CompareState show(CompareState given) {
        Shown shown = embeddings.of(given);
        state = shown.state();
        boolean pair = !state.second().isEmpty();
        first.setValue(state.first());
        second.setValue(state.second());
        token.setValue(state.token());
        space.setVisible(pair);
        order.setVisible(pair);
        space.setValue(state.space().name().toLowerCase(Locale.ROOT));
        order.setValue(state.order().name().toLowerCase(Locale.ROOT));
        lists.setClassName("hl-compare-pair", pair);
        draw(changes, shown.changes());
        draw(one, shown.one());
        draw(other, shown.other());
        if (shown.under() == null) {
            words.setText(shown.words());
            work.end();
        } else {
            words.setText("");
            work.await(shown.under(), shown.words(), done -> change.accept(now -> now));
        }
        return state;
    }

    private static void draw(RankedTokens list, RankedTokens.@Nullable Ranking ranking) {
        list.setVisible(ranking != null);
        if (ranking != null) {
            list.show(ranking);
        }
    }
}
