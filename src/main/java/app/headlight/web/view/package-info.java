/**
 * Addresses of pages: their parameters, each with its default and how it is read and written; the state of Explore as
 * one immutable record; the browser's address bar; addresses that are too long for it. Whatever a picture depends on is
 * in its address, so that a picture that two people see at one address is the same picture.
 */
@NullMarked
package app.headlight.web.view;

import org.jspecify.annotations.NullMarked;
