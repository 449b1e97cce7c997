package app.headlight.web.collections;

import app.headlight.web.view.Address;
import app.headlight.web.view.Parameter;
import com.vaadin.flow.router.BeforeEnterEvent;
import java.util.List;

/** The parts of the addresses of presentations, in which slides count from 1. */
record PresentAddress(long collection, String code, int slide) {

    private static final Parameter<String> CODE = Parameter.text("code");
    /** Counted from 0; negative where none is given. */
    private static final Parameter<Integer> SLIDE = Parameter.of(
            "slide",
            -1,
            text -> Integer.parseInt(text) - 1,
            slide -> slide < 0 ? "" : Integer.toString(slide + 1),
            text -> "The address has no slide " + text + "; the first one is shown.");

    private static final Parameter<Long> COLLECTION = Parameter.of(
            "collection",
            -1L,
            text -> Address.number(text).orElseThrow(IllegalArgumentException::new),
            id -> id < 0 ? "" : Long.toString(id),
            text -> "The address has no collection " + text + ".");

    /** @return of what cannot be read: no collection (−1), no code, slide −1 */
    static PresentAddress of(BeforeEnterEvent event) {
        return new PresentAddress(
                event.getRouteParameters()
                        .get(COLLECTION.name())
                        .map(id -> Address.number(id).orElse(-1))
                        .orElseGet(() -> COLLECTION.in(event.getLocation())),
                event.getRouteParameters().get(CODE.name()).orElseGet(() -> CODE.in(event.getLocation())),
                Math.max(-1, SLIDE.in(event.getLocation())));
    }

    /** The address of the presenter's page. */
    String presenting() {
        return address("present/" + collection)
                .with(CODE, code)
                .with(SLIDE, slide)
                .toString();
    }

    String notes() {
        return address("present/" + collection + "/notes").with(CODE, code).toString();
    }

    /**
     * The address of a follower's page: with the slide if the person does not follow, and with the collection after the
     * end of the presentation.
     */
    String following(boolean follows, boolean over) {
        Address live = address(LiveView.PATH + "/" + code);
        return follows
                ? live.toString()
                : live.with(SLIDE, slide)
                        .with(COLLECTION, over ? collection : COLLECTION.usual())
                        .toString();
    }

    PresentAddress at(int other) {
        return new PresentAddress(collection, code, other);
    }

    private static Address address(String path) {
        return new Address(path, List.of());
    }
}
