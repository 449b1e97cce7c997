package app.headlight.web.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.internal.PendingJavaScriptInvocation;
import com.vaadin.flow.server.VaadinSession;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** What an element is sent must be sent anew when the component is attached anew: the browser then has another element. */
class LitComponentTest {

    private static final Heatmap.Cells CELLS = new Heatmap.Cells(
            "n",
            "t",
            Heatmap.Axis.of("row", List.of("a")),
            Heatmap.Axis.of("column", List.of("b")),
            "AAAAAA==",
            "diverging",
            "u");

    private final UI ui = new UI();

    @BeforeEach
    void open() {
        ui.getInternals().setSession(Mockito.mock(VaadinSession.class, Mockito.RETURNS_DEEP_STUBS));
        UI.setCurrent(ui);
    }

    @AfterEach
    void close() {
        UI.setCurrent(null);
    }

    @Test
    void theSameDataIsSentOnceWhileTheElementStands() {
        Heatmap picture = new Heatmap();
        ui.add(picture);
        picture.show("key", () -> CELLS);
        assertThat(sent()).hasSize(1);
        picture.show("key", () -> CELLS);
        assertThat(sent()).isEmpty();
        picture.show("another key", () -> CELLS);
        assertThat(sent()).hasSize(1);
    }

    @Test
    void theSameDataIsSentAgainToTheNextElement() {
        Heatmap picture = new Heatmap();
        ui.add(picture);
        picture.show("key", () -> CELLS);
        assertThat(sent()).hasSize(1);
        ui.remove(picture);
        assertThat(sent()).isEmpty();
        ui.add(picture);
        picture.show("key", () -> CELLS);
        assertThat(sent()).hasSize(1);
    }

    /** As Flow does with a whole page where a message to the browser was lost. */
    @Test
    void aPageWhosePicturesNobodyShowsAgainIsLoadedAnew() {
        Heatmap picture = new Heatmap();
        Div around = new Div(picture);
        ui.add(around);
        picture.show("key", () -> CELLS);
        sent();
        around.remove(picture);
        around.add(picture);
        assertThat(sent())
                .singleElement()
                .satisfies(script ->
                        assertThat(script.getInvocation().getExpression()).contains("location.reload"));
    }

    @Test
    void whatIsHiddenWhenItComesAgainIsNotAwaited() {
        Heatmap picture = new Heatmap();
        Div around = new Div(picture);
        ui.add(around);
        picture.show("key", () -> CELLS);
        sent();
        ui.remove(around);
        ui.add(around);
        around.setVisible(false);
        assertThat(sent()).isEmpty();
    }

    @Test
    void soIsWhatIsSentBesideTheData() {
        AttentionView view = new AttentionView();
        ui.add(view);
        view.showGradient("key", () -> new AttentionView.Gradient("of", List.of()));
        view.showGradient("key", () -> new AttentionView.Gradient("of", List.of()));
        assertThat(sent()).hasSize(1);
        ui.remove(view);
        sent();
        ui.add(view);
        view.showGradient("key", () -> new AttentionView.Gradient("of", List.of()));
        assertThat(sent()).hasSize(1);
        view.showNoGradient();
        view.showNoGradient();
        assertThat(sent()).hasSize(1);
    }

    @Test
    void scriptsOfAnElementRunOnTheNextOneToo() {
        Heatmap element = new Heatmap();
        Script.whenAttached(element, "this.onclick = () => print()");
        for (int i = 0; i < 2; i++) {
            ui.add(element);
            assertThat(sent()).hasSize(1);
            ui.remove(element);
            sent();
        }
    }

    private List<PendingJavaScriptInvocation> sent() {
        ui.getInternals().getStateTree().runExecutionsBeforeClientResponse();
        ui.getInternals().getStateTree().collectChanges(change -> {});
        return ui.getInternals().dumpPendingJavaScriptInvocations();
    }
}
