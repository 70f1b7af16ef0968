"""TransFuse (variants T, TFINE, S, L, L384) in plain PyTorch, for weights of the TransFuse plugin for ImageJ, Fiji and QuPath.

Method: Zhang, Liu, Hu: TransFuse: Fusing Transformers and CNNs for Medical Image Segmentation, MICCAI 2021.
"""
import torch
import torch.nn.functional as F
from torch import nn

#           bottleneck, blocks, channels, (dim, blocks, heads, grid), (mid, fine[, finest]), fused
VARIANTS = {
    "T": (False, (2, 2, 2), (64, 128, 256), (192, 8, 3, (14, 14)), (128, 64), 256),
    "TFINE": (False, (2, 2, 2), (64, 128, 256), (192, 8, 3, (14, 14)), (128, 64, 32), 256),
    "S": (False, (3, 4, 6), (64, 128, 256), (384, 8, 6, (12, 16)), (128, 64), 256),
    "L": (True, (3, 4, 6), (256, 512, 1024), (768, 12, 12, (12, 16)), (512, 256), 1024),
    "L384": (True, (3, 4, 6), (256, 512, 1024), (768, 12, 12, (24, 32)), (512, 256), 1024),
}


# ---------------------------------------------------------------- network
def up(x, factor, align=True):
    return F.interpolate(x, scale_factor=factor, mode="bilinear", align_corners=align)


class Unit(nn.Module):
    """Convolution, then a norm and a ReLU if asked for."""

    def __init__(self, cin, cout, k=1, bn=False, relu=False, bias=True):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, k, padding=k // 2, bias=bias)
        self.bn = nn.BatchNorm2d(cout) if bn else None
        self.relu = relu

    def forward(self, x):
        x = self.conv(x)
        if self.bn is not None:
            x = self.bn(x)
        return F.relu(x, inplace=True) if self.relu else x


def pointwise(cin, cout):
    return nn.Sequential(nn.Conv2d(cin, cout, 1), nn.BatchNorm2d(cout))


class DoubleConv(nn.Module):
    def __init__(self, cin, cout):
        super().__init__()
        self.double_conv = nn.Sequential(
            nn.Conv2d(cin, cout, 3, padding=1), nn.BatchNorm2d(cout), nn.ReLU(inplace=True),
            nn.Conv2d(cout, cout, 3, padding=1), nn.BatchNorm2d(cout))
        self.identity = pointwise(cin, cout)

    def forward(self, x):
        return F.relu(self.double_conv(x) + self.identity(x), inplace=True)


class Gate(nn.Module):
    def __init__(self, decoder, skip, hidden):
        super().__init__()
        self.W_g = pointwise(decoder, hidden)
        self.W_x = pointwise(skip, hidden)
        self.psi = pointwise(hidden, 1)

    def forward(self, g, x):
        return x * torch.sigmoid(self.psi(F.relu(self.W_g(g) + self.W_x(x), inplace=True)))


class UpBlock(nn.Module):
    def __init__(self, cin, cout, skip=0):
        super().__init__()
        self.conv = DoubleConv(cin + skip, cout)
        self.attn_block = Gate(cin, skip, cout) if skip else None

    def forward(self, x, skip=None):
        x = up(x, 2)
        if skip is not None:
            x = torch.cat((self.attn_block(x, skip), x), 1)
        return self.conv(x)


class Bottleneck(nn.Module):
    """Norm first; the shortcut is a convolution of the raw input where the width changes."""

    def __init__(self, cin, cout):
        super().__init__()
        h = cout // 2
        self.bn1, self.conv1 = nn.BatchNorm2d(cin), Unit(cin, h)
        self.bn2, self.conv2 = nn.BatchNorm2d(h), Unit(h, h, 3)
        self.bn3, self.conv3 = nn.BatchNorm2d(h), Unit(h, cout)
        self.skip_layer = Unit(cin, cout)
        self.projects = cin != cout

    def forward(self, x):
        y = self.conv1(F.relu(self.bn1(x), inplace=True))
        y = self.conv2(F.relu(self.bn2(y), inplace=True))
        y = self.conv3(F.relu(self.bn3(y), inplace=True))
        return y + (self.skip_layer(x) if self.projects else x)


class BiFusion(nn.Module):
    def __init__(self, cnn, token, reduction, out, drop):
        super().__init__()
        self.fc1 = nn.Conv2d(token, token // reduction, 1)
        self.fc2 = nn.Conv2d(token // reduction, token, 1)
        self.spatial = Unit(2, 1, 7, bn=True, bias=False)
        self.W_g = Unit(cnn, out, bn=True)
        self.W_x = Unit(token, out, bn=True)
        self.W = Unit(out, out, 3, bn=True, relu=True)
        self.residual = Bottleneck(cnn + token + out, out)
        self.drop = drop

    def forward(self, g, x):
        product = self.W(self.W_g(g) * self.W_x(x))
        where = torch.sigmoid(self.spatial(torch.cat((g.amax(1, keepdim=True), g.mean(1, keepdim=True)), 1)))
        which = torch.sigmoid(self.fc2(F.relu(self.fc1(x.mean((2, 3), keepdim=True)), inplace=True)))
        y = self.residual(torch.cat((g * where, x * which, product), 1))
        return F.dropout2d(y, self.drop, self.training)


class ResBlock(nn.Module):
    def __init__(self, cin, cout, stride, bottleneck):
        super().__init__()
        h = cout // 4 if bottleneck else cout
        plan = [(cin, h, 1, 1), (h, h, 3, stride), (h, cout, 1, 1)] if bottleneck else \
            [(cin, h, 3, stride), (h, cout, 3, 1)]
        self.count = len(plan)
        for i, (a, b, k, s) in enumerate(plan, 1):
            setattr(self, f"conv{i}", nn.Conv2d(a, b, k, s, k // 2, bias=False))
            setattr(self, f"bn{i}", nn.BatchNorm2d(b))
        self.downsample = None
        if stride != 1 or cin != cout:
            self.downsample = nn.Sequential(nn.Conv2d(cin, cout, 1, stride, bias=False), nn.BatchNorm2d(cout))

    def forward(self, x):
        y = x
        for i in range(1, self.count + 1):
            y = getattr(self, f"bn{i}")(getattr(self, f"conv{i}")(y))
            if i < self.count:
                y = F.relu(y, inplace=True)
        return F.relu(y + (x if self.downsample is None else self.downsample(x)), inplace=True)


class ResNet(nn.Module):
    def __init__(self, bottleneck, blocks, channels, drop, cin=3):
        super().__init__()
        self.conv1 = nn.Conv2d(cin, 64, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        width = 64
        for s, (n, c) in enumerate(zip(blocks, channels)):
            stage = []
            for i in range(n):
                stage.append(ResBlock(width, c, 2 if s and not i else 1, bottleneck))
                width = c
            setattr(self, f"layer{s + 1}", nn.Sequential(*stage))
        self.drop = drop

    def forward(self, x):
        stem = F.relu(self.bn1(self.conv1(x)), inplace=True)
        x = F.max_pool2d(stem, 3, 2, 1)
        maps = [stem]
        for layer in (self.layer1, self.layer2, self.layer3):
            x = F.dropout2d(layer(x), self.drop, self.training)
            maps.append(x)
        return maps


class Attention(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(dim, 3 * dim)
        self.proj = nn.Linear(dim, dim)

    def forward(self, x):
        b, n, c = x.shape
        q, k, v = self.qkv(x).reshape(b, n, 3, self.heads, c // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        if hasattr(F, "scaled_dot_product_attention"):
            y = F.scaled_dot_product_attention(q, k, v)
        else:
            y = ((q * (c // self.heads) ** -0.5) @ k.transpose(-2, -1)).softmax(-1) @ v
        return self.proj(y.transpose(1, 2).reshape(b, n, c))


class Mlp(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.fc1 = nn.Linear(dim, 4 * dim)
        self.fc2 = nn.Linear(4 * dim, dim)

    def forward(self, x):
        return self.fc2(F.gelu(self.fc1(x)))


class Block(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.norm1, self.attn = nn.LayerNorm(dim, eps=1e-6), Attention(dim, heads)
        self.norm2, self.mlp = nn.LayerNorm(dim, eps=1e-6), Mlp(dim)

    def forward(self, x):
        x = x + self.attn(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class Patches(nn.Module):
    def __init__(self, dim, cin=3):
        super().__init__()
        self.proj = nn.Conv2d(cin, dim, 16, 16)

    def forward(self, x):
        return self.proj(x).flatten(2).transpose(1, 2)


class Transformer(nn.Module):
    def __init__(self, dim, blocks, heads, grid, cin=3):
        super().__init__()
        self.grid = tuple(grid)
        self.cls_token = nn.Parameter(torch.zeros(1, 1, dim))  # stored, never used
        self.pos_embed = nn.Parameter(torch.zeros(1, grid[0] * grid[1], dim))
        self.patch_embed = Patches(dim, cin)
        self.blocks = nn.ModuleList(Block(dim, heads) for _ in range(blocks))
        self.norm = nn.LayerNorm(dim, eps=1e-6)

    def positions(self, cells):
        if cells == self.grid:
            return self.pos_embed
        table = self.pos_embed.transpose(1, 2).reshape(1, -1, *self.grid)
        table = F.interpolate(table, size=cells, mode="bilinear", align_corners=True)
        return table.flatten(2).transpose(1, 2)

    def forward(self, image):
        cells = (image.shape[2] // 16, image.shape[3] // 16)
        x = self.patch_embed(image) + self.positions(cells)
        for block in self.blocks:
            x = block(x)
        x = self.norm(x)
        return x.transpose(1, 2).reshape(x.shape[0], x.shape[2], *cells)


class TransFuse(nn.Module):
    """[B, channels, H, W] -> logits map_x, map_1, map_2, each [B, classes, H, W]; map_2 is the prediction."""

    def __init__(self, variant="T", classes=1, drop=0.2, align=True, grid=None, cin=3):
        super().__init__()
        bottleneck, blocks, cnn, (dim, depth, heads, stored), (mid, fine, *finest), deep = VARIANTS[variant]
        self.drop, self.align = drop, align
        self.resnet = ResNet(bottleneck, blocks, cnn, drop, cin)
        self.transformer = Transformer(dim, depth, heads, grid or stored, cin)
        self.up1 = UpBlock(dim, mid)
        self.up2 = UpBlock(mid, fine)
        self.final_x = nn.Sequential(Unit(deep, fine, 1, True, True), Unit(fine, fine, 3, True, True),
                                     Unit(fine, classes, 3))
        self.final_1 = nn.Sequential(Unit(fine, fine, 3, True, True), Unit(fine, classes, 3))
        last = finest[0] if finest else fine
        self.final_2 = nn.Sequential(Unit(last, last, 3, True, True), Unit(last, classes, 3))
        self.up_c = BiFusion(cnn[2], dim, 4, deep, drop / 2)
        self.up_c_1_1 = BiFusion(cnn[1], mid, 2, mid, drop / 2)
        self.up_c_1_2 = UpBlock(deep, mid, mid)
        self.up_c_2_1 = BiFusion(cnn[0], fine, 1, fine, drop / 2)
        self.up_c_2_2 = UpBlock(mid, fine, fine)
        self.up_c_3_2 = UpBlock(fine, last, 64) if finest else None

    def forward(self, image):
        def thin(x):
            return F.dropout2d(x, self.drop, self.training)

        t0 = thin(self.transformer(image))
        t1 = thin(self.up1(t0))
        t2 = thin(self.up2(t1))
        stem, g2, g1, g0 = self.resnet(image)
        f0, f1, f2 = self.up_c(g0, t0), self.up_c_1_1(g1, t1), self.up_c_2_1(g2, t2)
        h, cell = self.up_c_2_2(self.up_c_1_2(f0, f1), f2), 4
        if self.up_c_3_2 is not None:
            h, cell = self.up_c_3_2(h, stem), 2
        return (up(self.final_x(f0), 16, self.align), up(self.final_1(t2), 4, self.align),
                up(self.final_2(h), cell, self.align))


class Probabilities(TransFuse):
    """[B, channels, H, W] -> probabilities [B, classes, H, W]; H and W are multiples of 16."""

    def forward(self, image):
        logits = super().forward(image)[2]
        return torch.sigmoid(logits) if logits.shape[1] == 1 else torch.softmax(logits, 1)
