package app.headlight.web.explore;

import app.headlight.engine.circuits.LogitEffect;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import app.headlight.web.component.AttentionView;
import app.headlight.web.component.AttentionView.Attention;
import app.headlight.web.component.AttentionView.HeadPattern;
import app.headlight.web.component.Float32;
import app.headlight.web.component.Term;
import app.headlight.web.panels.Panel;
import app.headlight.web.view.AttentionState;
import app.headlight.web.view.AttentionState.View;
import app.headlight.web.view.AttentionState.Weighting;
import app.headlight.web.view.ViewState;
import app.headlight.web.words.Quantity;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The panel of attention: what the selected heads attend to. */
class AttentionPanel extends Div implements Panel<Exploration> {

    private final AttentionView view = new AttentionView();
    private final Span title = new Span();

    AttentionPanel(StateChange change) {
        addClassNames("hl-panel", "hl-attention");
        view.setId("attention-view");
        title.addClassName("hl-attention-title");
        title.getElement().setAttribute("slot", "title");
        view.add(title);
        view.addLineSelectListener(event -> change.to(state -> event.sourceToken() < 0
                ? Selection.destination(state, event.destination())
                : state.withLine(event.destination(), event.sourceToken())));
        view.addClearSelectionListener(event -> change.to(state -> state.withLine(ViewState.NONE, ViewState.NONE)));
        view.addModeChangeListener(event ->
                change.to(drawing(drawn -> drawn.withView(Choice.of(View.class, event.mode())))));
        view.addShowChangeListener(event ->
                change.to(drawing(drawn -> drawn.withWeighting(Choice.of(Weighting.class, event.shown())))));
        view.addThresholdChangeListener(event -> change.to(drawing(drawn -> drawn.withThreshold(event.threshold()))));
        add(view);
    }

    @Override
    public void show(Exploration exploration) {
        List<ShownHead> heads = exploration.shownHeads();
        title.removeAll();
        title.add(new Text(names(heads)), new Term("attention", heads.isEmpty() ? "Attention" : "attention"));
        view.show(List.of(exploration.sentenceKey(), names(heads)), () -> attention(exploration, heads));
        AttentionState drawn = exploration.state().attention();
        if (drawn.weighting() == Weighting.GRADIENT && !heads.isEmpty() && !exploration.isEmpty()) {
            view.showGradient(GradientOfPattern.key(exploration), () -> GradientOfPattern.of(exploration));
        } else {
            view.showNoGradient();
        }
        view.setView(Choice.name(drawn.view()), Choice.name(drawn.weighting()), drawn.threshold());
        view.select(exploration.state().destination(), exploration.state().source());
    }

    private static UnaryOperator<ViewState> drawing(UnaryOperator<AttentionState> change) {
        return state -> state.withAttention(change.apply(state.attention()));
    }

    private static String names(List<ShownHead> heads) {
        return String.join(", ", heads.stream().map(ShownHead::name).toList());
    }

    private static HeadPattern pattern(Transformer model, Run run, ShownHead head, LogitEffect effect) {
        return new HeadPattern(
                head.name(),
                Float32.lowerTriangle(head.pattern(model, run)),
                Float32.base64(head.sourceNorms(model, run)),
                Float32.lowerTriangle(head.logitEffect(effect)));
    }

    private static Attention attention(Exploration exploration, List<ShownHead> heads) {
        List<HeadPattern> patterns = new ArrayList<>();
        if (!exploration.isEmpty() && !heads.isEmpty()) {
            for (ShownHead head : heads) {
                patterns.add(exploration.ofRun(
                        "attention picture",
                        List.of(head.name()),
                        run -> pattern(exploration.model().transformer(), run, head, exploration.logitEffect())));
            }
        }
        return new Attention(
                exploration.model().name() + " " + names(heads),
                exploration.labels(),
                Quantity.LOGIT_OVER_MEAN.label(),
                patterns);
    }
}
