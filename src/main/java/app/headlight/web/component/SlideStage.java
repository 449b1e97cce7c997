package app.headlight.web.component;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;
import com.vaadin.flow.component.HasComponents;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.shared.Registration;

/** The stage of a slide: listens to the keys that turn slides, also within its frames, and can fill the screen. */
@Tag("headlight-slide-stage")
@JsModule("./slide-stage/slide-stage.ts")
public class SlideStage extends Component implements HasComponents, HasStyle {

    /** Where to go. */
    public enum Move {
        NEXT,
        BACK,
        FIRST,
        LAST;

        /** The slide that this leads to from another, of so many; both counted from 0. */
        public int from(int slide, int count) {
            int to = switch (this) {
                case NEXT -> slide + 1;
                case BACK -> slide - 1;
                case FIRST -> 0;
                case LAST -> count - 1;
            };
            return Math.max(0, Math.min(to, count - 1));
        }
    }

    /**
     * Shows given views in the slide's live pictures.
     *
     * @param views the views of the pictures, one address on each line; an empty line means the slide's own view
     */
    public void look(String views) {
        getElement().callJsFunction("look", views);
    }

    public Registration addLookListener(ComponentEventListener<LookEvent> listener) {
        return addListener(LookEvent.class, listener);
    }

    public Registration addMoveListener(ComponentEventListener<MoveEvent> listener) {
        return addListener(MoveEvent.class, listener);
    }

    /** Someone changed what is seen in a live picture here. */
    @DomEvent("slide-look")
    public static class LookEvent extends ComponentEvent<SlideStage> {
        private final String views;

        public LookEvent(SlideStage source, boolean fromClient, @EventData("event.detail.views") String views) {
            super(source, fromClient);
            this.views = views;
        }

        /** As {@link SlideStage#look} takes them. */
        public String views() {
            return views;
        }
    }

    /** Another slide is asked for. */
    @DomEvent("slide-move")
    public static class MoveEvent extends ComponentEvent<SlideStage> {
        private final Move move;

        public MoveEvent(SlideStage source, boolean fromClient, @EventData("event.detail.to") String to) {
            super(source, fromClient);
            this.move = Move.valueOf(to);
        }

        public Move move() {
            return move;
        }
    }
}
