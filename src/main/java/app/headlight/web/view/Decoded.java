package app.headlight.web.view;

import java.util.List;

/** A view state read from an address, and a sentence for people about every part of it that could not be read. */
public record Decoded(ViewState state, List<String> notices) {

    public Decoded {
        notices = List.copyOf(notices);
    }
}
