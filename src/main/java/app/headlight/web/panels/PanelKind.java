package app.headlight.web.panels;

import java.util.function.Function;

/**
 * A kind of panel: a line of a {@link Catalogue}.
 *
 * @param name in addresses
 * @param title for people
 * @param maker makes a panel
 * @param <V> what it draws
 * @param <C> what it needs of its page, such as where changes go
 */
public record PanelKind<V, C>(String name, String title, Function<C, Panel<V>> maker) {}
