"""Cards, buttons, forms and panels: values that become Discord components."""
