"""The sentence, one folder a noun: instruments are put by calls to entities, who owe obligations and meet them."""
