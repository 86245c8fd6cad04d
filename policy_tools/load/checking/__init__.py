"""What would a careful editor say of one paper? One small function a check."""
