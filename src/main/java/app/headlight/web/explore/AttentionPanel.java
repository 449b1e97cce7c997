package app.headlight.web.explore;

import app.headlight.circuits.LogitEffect;
import app.headlight.circuits.ValueWeighting;
import app.headlight.transformer.HeadId;
import app.headlight.transformer.Run;
import app.headlight.transformer.Transformer;
import app.headlight.web.component.AttentionView;
import app.headlight.web.component.AttentionView.Attention;
import app.headlight.web.component.AttentionView.HeadPattern;
import app.headlight.web.component.Float32;
import app.headlight.web.state.AttentionState;
import app.headlight.web.state.AttentionState.View;
import app.headlight.web.state.AttentionState.Weighting;
import app.headlight.web.state.ViewState;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What the selected heads attend to. */
class AttentionPanel extends Div implements Panel {

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
        List<HeadId> heads = exploration.state().heads();
        title.setText(heads.isEmpty() ? "Attention" : names(heads) + " · attention");
        view.show(List.of(exploration.sentenceKey(), heads), () -> attention(exploration));
        AttentionState drawn = exploration.state().attention();
        view.setView(Choice.name(drawn.view()), Choice.name(drawn.weighting()), drawn.threshold());
        view.select(exploration.state().destination(), exploration.state().source());
    }

    private static UnaryOperator<ViewState> drawing(UnaryOperator<AttentionState> change) {
        return state -> state.withAttention(change.apply(state.attention()));
    }

    private static String names(List<HeadId> heads) {
        return String.join(", ", heads.stream().map(HeadId::toString).toList());
    }

    private static Attention attention(Exploration exploration) {
        List<HeadPattern> patterns = new ArrayList<>();
        List<HeadId> heads = exploration.state().heads();
        if (!exploration.isEmpty() && !heads.isEmpty()) {
            Transformer model = exploration.model().transformer();
            Run run = exploration.computed();
            LogitEffect effect = LogitEffect.of(model, run);
            for (HeadId head : heads) {
                patterns.add(new HeadPattern(
                        head.toString(),
                        Float32.lowerTriangle(run.pattern(head)),
                        Float32.base64(ValueWeighting.of(model, run, head).sourceNorms()),
                        Float32.lowerTriangle(effect.of(head))));
            }
        }
        return new Attention(exploration.model().name() + " " + names(heads), exploration.labels(), patterns);
    }
}
